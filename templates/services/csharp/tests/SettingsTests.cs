namespace Service.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void There_is_a_default_for_everything() =>
        Assert.Equal(new Settings(), Settings.Load(name => name is "PORT" or "LOG_LEVEL" ? "" : null));

    [Fact]
    public void Port_goes_before_service_port()
    {
        Assert.Equal(3001, Load(("SERVICE_PORT", "3001")).Port);
        Assert.Equal(3002, Load(("SERVICE_PORT", "3001"), ("PORT", "3002")).Port);
    }

    [Theory]
    [InlineData("PORT", "0")]
    [InlineData("PORT", "65536")]
    [InlineData("PORT", "abc")]
    [InlineData("PORT", "-1")]
    [InlineData("PORT", " 80")]
    [InlineData("LOG_LEVEL", "loud")]
    [InlineData("HEALTHCHECK_PATH", "health")]
    [InlineData("HEALTHCHECK_PATH", "/{id}")]
    [InlineData("TABLE_PREFIX", "1st_")]
    [InlineData("TABLE_PREFIX", "x\"; DROP TABLE items; --")]
    [InlineData("DATABASE_URL", "mysql://hunter2")]
    [InlineData("REDIS_URL", "http://hunter2")]
    public void Wrong_values_are_refused_without_being_shown(string name, string value)
    {
        var error = Assert.Throws<InvalidSettingsException>(() => Load((name, value)));
        Assert.StartsWith($"{name} must be", error.Message);
        Assert.DoesNotContain("hunter2", error.Message);
    }

    private static Settings Load(params (string Name, string Value)[] environment) =>
        Settings.Load(name => environment.FirstOrDefault(variable => variable.Name == name).Value);
}
