using Service;

Settings settings;
try
{
    settings = Settings.Load(Environment.GetEnvironmentVariable);
}
catch (InvalidSettingsException e)
{
    Console.WriteLine(JsonLines.Error(Environment.GetEnvironmentVariable("SERVICE_NAME") ?? "service", e.Message));
    return 1;
}

await using var app = App.Build(settings);
await app.RunAsync();
return 0;
