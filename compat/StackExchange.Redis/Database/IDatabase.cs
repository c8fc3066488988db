namespace StackExchange.Redis;

/// <summary>The commands of one database.</summary>
public interface IDatabase : IRedis, IDatabaseAsync
{
    int Database { get; }
}
