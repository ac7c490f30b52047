using System.Net;
using Microsoft.Extensions.Logging.Console;
using Service.Endpoints;
using Service.Http;
using Service.Stores;

namespace Service;

/// <summary>Puts the service together.</summary>
public static class App
{
    private const long MaxBodyBytes = 1024 * 1024;

    /// <param name="settings">The environment.</param>
    /// <param name="replace">Tests put memory in place of the stores here.</param>
    public static WebApplication Build(Settings settings, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Any, settings.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            // Longer than the proxy's, so that it never reuses a closed connection.
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        });
        // SIGTERM: no new connections, 10 seconds for the requests in flight.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));

        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(settings.LogLevel);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning); // RequestContext logs requests
        builder.Logging.AddConsole(console => console.FormatterName = JsonLines.FormatterName);
        builder.Services.AddSingleton<ConsoleFormatter, JsonLines>();

        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<Postgres>();
        builder.Services.AddSingleton<IItems, PostgresItems>();
        builder.Services.AddSingleton<Redis>();
        builder.Services.AddSingleton<ICounter>(services => services.GetRequiredService<Redis>());
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseMiddleware<RequestContext>();
        app.UseMiddleware<Errors>();
        app.UseStatusCodePages(Errors.DescribeStatus);
        app.MapHealth();
        app.MapItems();
        app.MapHits();
        return app;
    }
}
