using System.Text.Json;
using Service.Stores;

namespace Service.Endpoints;

/// <summary>Example: a resource in Postgres.</summary>
public static class ItemEndpoints
{
    public static void MapItems(this WebApplication app)
    {
        app.MapGet("/items", async (IItems items) => new { items = await items.ListAsync() });

        app.MapPost("/items", async (HttpRequest request, IItems items) =>
        {
            var item = await items.CreateAsync(await NameFromAsync(request));
            return Results.Json(item, statusCode: StatusCodes.Status201Created);
        });
    }

    private static async Task<string> NameFromAsync(HttpRequest request)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            var name = body.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("name", out var value)
                && value.ValueKind == JsonValueKind.String
                    ? value.GetString()!
                    : "";
            var trimmed = name.Trim();
            // Postgres cannot store NUL in text.
            if (trimmed.EnumerateRunes().Count() is >= 1 and <= 200 && !name.Contains('\0'))
            {
                return trimmed;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the second: broken UTF-8
        {
            throw new ClientException(StatusCodes.Status400BadRequest, "invalid_json", "The body is not valid JSON");
        }

        throw new ClientException(
            StatusCodes.Status400BadRequest,
            "invalid_body",
            """Send {"name": "..."} with 1 to 200 characters""");
    }
}
