using System.Text.RegularExpressions;

namespace Service;

/// <summary>The environment, read and validated once, at start.</summary>
public sealed partial record Settings
{
    public int Port { get; init; } = 8000;
    public string ServiceName { get; init; } = "service";
    public LogLevel LogLevel { get; init; } = LogLevel.Information;
    public string HealthcheckPath { get; init; } = "/health";
    public string? DatabaseUrl { get; init; }
    public string TablePrefix { get; init; } = "";
    public string? RedisUrl { get; init; }
    public string RedisPrefix { get; init; } = "";

    /// <summary>An empty variable counts as unset: that is how Compose passes one that has no value.</summary>
    public static Settings Load(Func<string, string?> environment)
    {
        var read = new Reader(environment);
        var defaults = new Settings();
        return new Settings
        {
            Port = read.Port("PORT") ?? read.Port("SERVICE_PORT") ?? defaults.Port,
            ServiceName = read.Text("SERVICE_NAME") ?? defaults.ServiceName,
            LogLevel = read.Level("LOG_LEVEL") ?? defaults.LogLevel,
            HealthcheckPath = read.Match("HEALTHCHECK_PATH", PlainPath(), "a plain path such as /health")
                ?? defaults.HealthcheckPath,
            DatabaseUrl = read.Url("DATABASE_URL", "a postgresql:// URL", "postgres", "postgresql"),
            TablePrefix = read.Match("TABLE_PREFIX", Identifier(), "a letter or _, then letters, digits, _") ?? "",
            RedisUrl = read.Url("REDIS_URL", "a redis:// URL", "redis", "rediss"),
            RedisPrefix = read.Text("REDIS_PREFIX") ?? "",
        };
    }

    [GeneratedRegex(@"\A/[A-Za-z0-9_.~/-]*\z")]
    private static partial Regex PlainPath();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Identifier();

    private sealed class Reader(Func<string, string?> environment)
    {
        public string? Text(string name) => environment(name) is { Length: > 0 } value ? value : null;

        public string? Match(string name, Regex pattern, string expected)
        {
            var value = Text(name);
            return value is null || pattern.IsMatch(value) ? value : throw new InvalidSettingsException(name, expected);
        }

        public string? Url(string name, string expected, params string[] schemes)
        {
            var value = Text(name);
            if (value is null)
            {
                return null;
            }

            var isValid = Uri.TryCreate(value, UriKind.Absolute, out var url)
                && schemes.Contains(url.Scheme)
                && url.Host.Length > 0;
            return isValid ? value : throw new InvalidSettingsException(name, expected);
        }

        public int? Port(string name)
        {
            var value = Text(name);
            if (value is null)
            {
                return null;
            }

            var isValid = value.All(char.IsAsciiDigit) & int.TryParse(value, out var port) && port is >= 1 and <= 65535;
            return isValid ? port : throw new InvalidSettingsException(name, "a port number from 1 to 65535");
        }

        public LogLevel? Level(string name) => Text(name)?.ToLowerInvariant() switch
        {
            null => null,
            "debug" => LogLevel.Debug,
            "info" => LogLevel.Information,
            "warn" or "warning" => LogLevel.Warning,
            "error" => LogLevel.Error,
            _ => throw new InvalidSettingsException(name, "debug, info, warn or error"),
        };
    }
}

/// <summary>Names the variable, never its value, which may be a secret.</summary>
public sealed class InvalidSettingsException(string name, string expected) : Exception($"{name} must be {expected}");
