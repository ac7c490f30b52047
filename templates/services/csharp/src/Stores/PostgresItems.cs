using Npgsql;

namespace Service.Stores;

public sealed class PostgresItems(Postgres postgres, Settings settings) : IItems
{
    // The prefix is validated: it holds no quote.
    private readonly string table = $"\"{settings.TablePrefix}items\"";

    public async Task<IReadOnlyList<Item>> ListAsync() =>
        await QueryAsync($"SELECT id, name, created_at FROM {table} ORDER BY id DESC LIMIT 100");

    public async Task<Item> CreateAsync(string name)
    {
        var items = await QueryAsync($"INSERT INTO {table} (name) VALUES ($1) RETURNING id, name, created_at", name);
        return items[0];
    }

    /// <summary>Creates the table when it is missing: on first use, and after the database was replaced.</summary>
    private Task<List<Item>> QueryAsync(string sql, params string[] parameters) => postgres.UseAsync(async source =>
    {
        try
        {
            return await RunAsync(source, sql, parameters);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            await CreateTableAsync(source);
            return await RunAsync(source, sql, parameters);
        }
    });

    private static async Task<List<Item>> RunAsync(NpgsqlDataSource source, string sql, string[] parameters)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.AddWithValue(parameter);
        }

        var items = new List<Item>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            items.Add(new Item(reader.GetInt64(0), reader.GetString(1), reader.GetDateTime(2)));
        }

        return items;
    }

    /// <summary>The lock makes replicas that start together take turns, which IF NOT EXISTS alone does not.</summary>
    private async Task CreateTableAsync(NpgsqlDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT pg_advisory_xact_lock(hashtext('{table}'));
            CREATE TABLE IF NOT EXISTS {table} (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                name text NOT NULL,
                created_at timestamptz NOT NULL DEFAULT now()
            )
            """;
        await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }
}
