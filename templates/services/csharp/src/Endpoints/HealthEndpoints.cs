using Service.Stores;

namespace Service.Endpoints;

public static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        // Liveness: must not depend on a store, or an outage there would restart every service.
        var health = (Settings settings) =>
            new { status = "healthy", service = settings.ServiceName, timestamp = DateTime.UtcNow };
        app.MapGet("/health", health);

        app.MapGet("/ready", async (Postgres postgres, Redis redis) =>
        {
            var statuses = await Task.WhenAll(postgres.StatusAsync(), redis.StatusAsync());
            var isReady = !statuses.Contains("down");
            return Results.Json(
                new
                {
                    status = isReady ? "ready" : "not ready",
                    checks = new { postgres = statuses[0], redis = statuses[1] },
                },
                statusCode: isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });

        app.MapGet("/", (Settings settings, EndpointDataSource source) =>
            new { service = settings.ServiceName, endpoints = Describe(source) });

        // A path of your own replaces no route.
        var path = app.Services.GetRequiredService<Settings>().HealthcheckPath;
        if (path is not ("/" or "/health" or "/ready" or "/items"))
        {
            app.MapGet(path, health);
        }
    }

    private static IEnumerable<string> Describe(EndpointDataSource source) =>
        from endpoint in source.Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select $"{method} {endpoint.RoutePattern.RawText}";
}
