using Service.Stores;

namespace Service.Endpoints;

/// <summary>Example: a counter in Redis.</summary>
public static class HitEndpoints
{
    public static void MapHits(this WebApplication app) =>
        app.MapPost("/hits", async (ICounter counter) => new { hits = await counter.IncrementAsync("hits") });
}
