using System.Net;
using StackExchange.Redis;

namespace Service.Stores;

/// <summary>Connects on first use, and by itself again when the connection is gone.</summary>
public sealed class Redis(Settings settings) : IStore, ICounter, IAsyncDisposable
{
    private readonly Lazy<Task<ConnectionMultiplexer>>? connection = settings.RedisUrl is { } url
        ? new(() => ConnectionMultiplexer.ConnectAsync(Options(new Uri(url))))
        : null;

    public Task<long> IncrementAsync(string key) =>
        UseAsync(database => database.StringIncrementAsync(settings.RedisPrefix + key));

    public async Task<string> StatusAsync()
    {
        if (connection is null)
        {
            return "off";
        }

        try
        {
            await UseAsync(database => database.PingAsync());
            return "up";
        }
        catch (StoreUnavailableException)
        {
            return "down";
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (connection is { IsValueCreated: true })
        {
            await (await connection.Value).DisposeAsync();
        }
    }

    private async Task<T> UseAsync<T>(Func<IDatabase, Task<T>> command)
    {
        if (connection is null)
        {
            throw new StoreUnavailableException("Redis");
        }

        try
        {
            return await command((await connection.Value).GetDatabase());
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            throw new StoreUnavailableException("Redis", e);
        }
    }

    private static ConfigurationOptions Options(Uri url)
    {
        var login = url.UserInfo.Split(':', 2);
        var options = new ConfigurationOptions
        {
            AbortOnConnectFail = false, // keep trying
            BacklogPolicy = BacklogPolicy.FailFast, // and do not make requests wait for it
            ConnectTimeout = 3000,
            AsyncTimeout = 2000,
            Ssl = url.Scheme == "rediss",
            DefaultDatabase = int.TryParse(url.AbsolutePath.TrimStart('/'), out var database) ? database : 0,
        };
        options.EndPoints.Add(new DnsEndPoint(url.Host, url.Port > 0 ? url.Port : 6379));
        if (login[0].Length > 0)
        {
            options.User = Uri.UnescapeDataString(login[0]);
        }

        if (login.Length > 1)
        {
            options.Password = Uri.UnescapeDataString(login[1]);
        }

        return options;
    }
}
