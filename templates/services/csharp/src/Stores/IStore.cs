namespace Service.Stores;

public interface IStore
{
    /// <summary>"up", "down", or "off" when it is not configured.</summary>
    Task<string> StatusAsync();
}

public interface IItems
{
    /// <summary>The newest hundred.</summary>
    Task<IReadOnlyList<Item>> ListAsync();

    Task<Item> CreateAsync(string name);
}

public interface ICounter
{
    Task<long> IncrementAsync(string key);
}

public sealed record Item(long Id, string Name, DateTime CreatedAt);
