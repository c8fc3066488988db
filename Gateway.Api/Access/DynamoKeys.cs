using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using ServiceDefaults.Aws;

namespace Gateway.Api.Access;

/// <summary>
/// Keeps API keys in a DynamoDB table: <c>pk</c> "keys", <c>sk</c> the id, <c>version</c> and <c>json</c>. The item "changes" counts changes;
/// replicas look at it to learn that there was one.
/// </summary>
internal sealed class DynamoKeys(DynamoTable table) : IKeyRepository
{
    private const string Keys = "keys";
    private const string Changes = "changes";
    private const string Version = "version";
    private const string Json = "json";
    private const string Count = "count";

    public Task<IReadOnlyList<ApiKey>> ReadAllAsync(CancellationToken cancellationToken) => GuardAsync<IReadOnlyList<ApiKey>>(async () =>
    {
        var keys = new List<ApiKey>();
        await foreach (var item in table.QueryAsync(Keys, cancellationToken))
        {
            keys.Add(Read(item));
        }

        return keys;
    });

    public Task<ApiKey?> ReadAsync(string id, CancellationToken cancellationToken) => GuardAsync(async () =>
        await table.GetAsync(Keys, id, cancellationToken) is { Count: > 0 } item ? Read(item) : null);

    public Task<bool> TrySaveAsync(ApiKey key, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var put = new PutItemRequest
        {
            Item = new()
            {
                [DynamoTable.Partition] = new(Keys),
                [DynamoTable.Sort] = new(key.Id),
                [Version] = Number(key.Version),
                [Json] = new(JsonSerializer.Serialize(key, AccessJson.Default.ApiKey)),
            },
            ConditionExpression = key.Version == 1 ? "attribute_not_exists(#version)" : "#version = :before",
            ExpressionAttributeNames = new() { ["#version"] = Version },
            ExpressionAttributeValues = key.Version == 1 ? null : new() { [":before"] = Number(key.Version - 1) },
        };
        if (!await table.TryPutAsync(put, cancellationToken))
        {
            return false;
        }

        // The key is kept: whoever asked may leave, the others are told. Should that fail they see it when they next read everything.
        await table.TryUpdateAsync(
            new UpdateItemRequest
            {
                Key = new() { [DynamoTable.Partition] = new(Changes), [DynamoTable.Sort] = new(Keys) },
                UpdateExpression = "ADD #count :one",
                ExpressionAttributeNames = new() { ["#count"] = Count },
                ExpressionAttributeValues = new() { [":one"] = Number(1) },
            },
            CancellationToken.None);
        return true;
    });

    /// <summary>Makes the table where it is not there.</summary>
    public Task OpenAsync(CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        await table.EnsureAsync(cancellationToken);
        return true;
    });

    /// <summary>How many changes there were, by all replicas.</summary>
    public Task<long> CountChangesAsync(CancellationToken cancellationToken) => GuardAsync(async () =>
        await table.GetAsync(Changes, Keys, cancellationToken) is { Count: > 0 } item ? long.Parse(item[Count].N, CultureInfo.InvariantCulture) : 0);

    private static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    private static ApiKey Read(Dictionary<string, AttributeValue> item) => JsonSerializer.Deserialize(item[Json].S, AccessJson.Default.ApiKey)!;

    private static async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (DynamoTable.IsUnavailable(failure))
        {
            throw new KeysUnavailableException("DynamoDB cannot be reached.", failure);
        }
    }
}
