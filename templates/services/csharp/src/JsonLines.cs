using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Service;

/// <summary>One JSON object per line: time, level, service, message, and what else the caller and its scopes add.</summary>
public sealed class JsonLines(Settings settings) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "json-lines";

    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter)
    {
        var line = Start(logEntry.LogLevel, settings.ServiceName, logEntry.Formatter(logEntry.State, logEntry.Exception));
        scopeProvider?.ForEachScope(Add, line);
        Add(logEntry.State, line);
        if (logEntry.Exception is { } exception)
        {
            line["error"] = exception.GetType().Name;
            line["reason"] = exception.Message;
            line["stack"] = exception.StackTrace;
        }

        textWriter.WriteLine(JsonSerializer.Serialize(line));
    }

    /// <summary>A line for when there is no logger yet.</summary>
    public static string Error(string service, string message) =>
        JsonSerializer.Serialize(Start(LogLevel.Error, service, message));

    private static Dictionary<string, object?> Start(LogLevel level, string service, string message) => new()
    {
        ["time"] = DateTime.UtcNow,
        ["level"] = level switch
        {
            LogLevel.Trace or LogLevel.Debug => "debug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            _ => "error",
        },
        ["service"] = service,
        ["message"] = message,
    };

    // Only what the service itself adds: the framework's own fields are in its messages.
    private static void Add(object? state, Dictionary<string, object?> line)
    {
        if (state is Fields fields)
        {
            foreach (var (name, value) in fields)
            {
                line[name] = value;
            }
        }
    }
}

/// <summary>What a log line, or a scope, says besides its message.</summary>
public sealed class Fields : Dictionary<string, object?>;

public static class LoggerExtensions
{
    public static void Write(this ILogger logger, LogLevel level, string message, Fields fields, Exception? error = null) =>
        logger.Log(level, default, fields, error, (_, _) => message);
}
