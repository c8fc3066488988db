using System.Text.Json;
using StackExchange.Redis;

namespace Gateway.Api.Audit;

/// <summary>Keeps entries in a Redis list.</summary>
internal sealed class RedisAuditTrail(IConnectionMultiplexer redis) : IAuditTrail
{
    private const string List = "gateway:audit";

    public Task AppendAsync(AuditEntry entry) => GuardAsync(async database =>
    {
        await database.ListLeftPushAsync(List, JsonSerializer.SerializeToUtf8Bytes(entry, AuditJson.Default.AuditEntry));
        await database.ListTrimAsync(List, 0, IAuditTrail.Capacity - 1);
        return true;
    });

    public Task<IReadOnlyList<AuditEntry>> ReadAllAsync(CancellationToken cancellationToken) => GuardAsync<IReadOnlyList<AuditEntry>>(async database =>
    {
        var values = await database.ListRangeAsync(List).WaitAsync(cancellationToken);
        return [.. values.Select(value => JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)value).Span, AuditJson.Default.AuditEntry)!)];
    });

    private async Task<T> GuardAsync<T>(Func<IDatabase, Task<T>> call)
    {
        try
        {
            return await call(redis.GetDatabase());
        }
        catch (Exception failure) when (failure is RedisException or RedisTimeoutException)
        {
            throw new IOException("Redis cannot be reached.", failure);
        }
    }
}
