using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Service.Http;

/// <summary>Gives each request an id, and logs it once it is answered. Probes are logged at debug level.</summary>
public sealed partial class RequestContext(RequestDelegate next, ILogger<RequestContext> logger, Settings settings)
{
    private const string Header = "x-request-id";

    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        var sent = context.Request.Headers[Header].ToString();
        var id = SafeId().IsMatch(sent) ? sent : Guid.NewGuid().ToString();
        context.Response.Headers[Header] = id;
        using var scope = logger.BeginScope(new Fields { ["requestId"] = id });

        await next(context);

        var path = context.Request.Path.ToString();
        logger.Write(IsProbe(path) ? LogLevel.Debug : LogLevel.Information, "request", new Fields
        {
            ["method"] = context.Request.Method,
            ["path"] = path,
            ["status"] = context.Response.StatusCode,
            ["durationMs"] = Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 2),
        });
    }

    private bool IsProbe(string path) => path is "/health" or "/ready" || path == settings.HealthcheckPath;

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{1,128}\z")]
    private static partial Regex SafeId();
}
