using System.Net.Sockets;
using Npgsql;

namespace Service.Stores;

/// <summary>A pool that connects on first use, so that the service starts and stays up without its database.</summary>
public sealed class Postgres : IStore, IAsyncDisposable
{
    // Classes of SQLSTATE that mean "not now": connection, login, no such database, out of resources, shutdown.
    private static readonly string[] Outage = ["08", "28", "3D", "53", "57"];

    private readonly NpgsqlDataSource? source;

    public Postgres(Settings settings)
    {
        if (settings.DatabaseUrl is { } url)
        {
            source = NpgsqlDataSource.Create(ConnectionString(new Uri(url)));
        }
    }

    public async Task<T> UseAsync<T>(Func<NpgsqlDataSource, Task<T>> operation)
    {
        if (source is null)
        {
            throw new StoreUnavailableException("Postgres");
        }

        try
        {
            return await operation(source);
        }
        catch (Exception e) when (IsOutage(e))
        {
            throw new StoreUnavailableException("Postgres", e);
        }
    }

    public async Task<string> StatusAsync()
    {
        if (source is null)
        {
            return "off";
        }

        try
        {
            return await UseAsync(async pool =>
            {
                await using var command = pool.CreateCommand("SELECT 1");
                await command.ExecuteScalarAsync();
                return "up";
            });
        }
        catch (StoreUnavailableException)
        {
            return "down";
        }
    }

    public ValueTask DisposeAsync() => source?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static bool IsOutage(Exception error) => error switch
    {
        PostgresException postgres => Outage.Any(state => postgres.SqlState.StartsWith(state, StringComparison.Ordinal)),
        // The second: a host whose name has no address.
        NpgsqlException or SocketException => true,
        _ => false,
    };

    private static string ConnectionString(Uri url)
    {
        var login = url.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Port = url.Port > 0 ? url.Port : 5432,
            Username = Uri.UnescapeDataString(login[0]),
            Password = Uri.UnescapeDataString(login.ElementAtOrDefault(1) ?? ""),
            Database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/')),
            Timeout = 3,
            CommandTimeout = 5,
            MaxPoolSize = 5,
        };
        if (System.Web.HttpUtility.ParseQueryString(url.Query)["sslmode"] is { } sslMode)
        {
            builder["SSL Mode"] = sslMode.Replace("-", "");
        }

        return builder.ConnectionString;
    }
}
