using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Service.Stores;

namespace Service.Tests;

/// <summary>Serves the application on a free port, with memory in place of Postgres and Redis.</summary>
public sealed class ServiceFixture : IAsyncLifetime
{
    private readonly WebApplication app = App.Build(
        new Settings { Port = 0, ServiceName = "test", HealthcheckPath = "/up.v1/live", LogLevel = Microsoft.Extensions.Logging.LogLevel.Error },
        services => services.AddSingleton<IItems, MemoryItems>().AddSingleton<ICounter, MemoryCounter>());

    public HttpClient Client { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await app.StartAsync();
        Client.BaseAddress = new Uri(app.Urls.First().Replace("0.0.0.0", "127.0.0.1"));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }

    public Task<HttpResponseMessage> PostAsync(string path, byte[] body) => Client.PostAsync(path, new ByteArrayContent(body));

    public Task<HttpResponseMessage> PostAsync(string path, string body) => PostAsync(path, Encoding.UTF8.GetBytes(body));

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>();

    public static async Task<string?> ErrorCodeAsync(HttpResponseMessage response) =>
        (await JsonAsync(response)).GetProperty("error").GetProperty("code").GetString();

    private sealed class MemoryItems : IItems
    {
        private readonly List<Item> items = [];

        public Task<IReadOnlyList<Item>> ListAsync() => Task.FromResult<IReadOnlyList<Item>>(items);

        public Task<Item> CreateAsync(string name)
        {
            items.Insert(0, new Item(items.Count + 1, name, DateTime.UtcNow));
            return Task.FromResult(items[0]);
        }
    }

    private sealed class MemoryCounter : ICounter
    {
        private long hits;

        public Task<long> IncrementAsync(string key) => Task.FromResult(++hits);
    }
}
