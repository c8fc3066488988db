using System.Globalization;
using Gateway.Api.Access;
using StackExchange.Redis;

namespace Gateway.Api.Responses.Storage;

/// <summary>
/// Keeps each response in a Redis hash of its own, <c>gateway:responses:{tenant}:resp_…</c>, whose fields are <c>body</c>, <c>items</c>,
/// <c>input</c> (where this request's input begins and ends among the items) and, while it runs, <c>until</c> (Unix milliseconds).
/// </summary>
internal sealed class RedisResponses(IConnectionMultiplexer redis) : IResponseStore
{
    private const string Body = "body";
    private const string Items = "items";
    private const string Input = "input";
    private const string Until = "until";

    private const string Save = """
        redis.call('DEL', KEYS[1])
        redis.call('HSET', KEYS[1], 'body', ARGV[1], 'items', ARGV[2], 'input', ARGV[3])
        if ARGV[4] ~= '' then redis.call('HSET', KEYS[1], 'until', ARGV[4]) end
        redis.call('EXPIRE', KEYS[1], ARGV[5])
        return 1
        """;

    private const string ReplaceRunning = """
        if redis.call('HEXISTS', KEYS[1], 'until') == 0 then return 0 end
        redis.call('HSET', KEYS[1], 'body', ARGV[1], 'items', ARGV[2], 'input', ARGV[3])
        if ARGV[4] == '' then redis.call('HDEL', KEYS[1], 'until') else redis.call('HSET', KEYS[1], 'until', ARGV[4]) end
        return 1
        """;

    private const string Extend = """
        if redis.call('HEXISTS', KEYS[1], 'until') == 0 then return 0 end
        redis.call('HSET', KEYS[1], 'until', ARGV[1])
        return 1
        """;

    public bool IsAvailable => redis.IsConnected;

    public Task SaveAsync(StoredResponse response, TimeSpan lifetime, CancellationToken cancellationToken) =>
        EvaluateAsync(Save, response.Tenant, response.Id, [.. ValuesOf(response), Math.Max(1, (long)lifetime.TotalSeconds)], cancellationToken);

    public async Task<StoredResponse?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        var fields = await AskAsync(database => database.HashGetAsync(KeyOf(tenant, id), [Body, Items, Input, Until]), cancellationToken);
        return fields[0].IsNull ? null : new StoredResponse
        {
            Id = id,
            Tenant = tenant,
            Body = fields[0],
            Items = fields[1],
            Input = RangeOf(fields[2].ToString()),
            RunsUntil = fields[3].IsNull ? null : DateTimeOffset.FromUnixTimeMilliseconds((long)fields[3]),
        };
    }

    public Task<bool> ReplaceRunningAsync(StoredResponse response, CancellationToken cancellationToken) =>
        EvaluateAsync(ReplaceRunning, response.Tenant, response.Id, ValuesOf(response), cancellationToken);

    public Task<bool> ExtendAsync(string tenant, string id, DateTimeOffset runsUntil, CancellationToken cancellationToken) =>
        EvaluateAsync(Extend, tenant, id, [runsUntil.ToUnixTimeMilliseconds()], cancellationToken);

    public Task<bool> DeleteAsync(string tenant, string id, CancellationToken cancellationToken) =>
        AskAsync(database => database.KeyDeleteAsync(KeyOf(tenant, id)), cancellationToken);

    private static RedisValue[] ValuesOf(StoredResponse response) =>
    [
        response.Body,
        response.Items,
        string.Create(CultureInfo.InvariantCulture, $"{response.Input.Start.Value}-{response.Input.End.Value}"),
        response.RunsUntil is { } until ? until.ToUnixTimeMilliseconds() : "",
    ];

    private static Range RangeOf(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return int.Parse(text.AsSpan(0, dash), CultureInfo.InvariantCulture)..int.Parse(text.AsSpan(dash + 1), CultureInfo.InvariantCulture);
    }

    private static RedisKey KeyOf(string tenant, string id) => $"gateway:responses:{{{Uri.EscapeDataString(tenant)}}}:{id}";

    private Task<bool> EvaluateAsync(string script, string tenant, string id, RedisValue[] values, CancellationToken cancellationToken) =>
        AskAsync(async database => (bool)await database.ScriptEvaluateAsync(script, [KeyOf(tenant, id)], values), cancellationToken);

    private async Task<T> AskAsync<T>(Func<IDatabase, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(redis.GetDatabase()).WaitAsync(cancellationToken);
        }
        catch (Exception failure) when (RedisKeys.IsUnavailable(failure))
        {
            throw new ResponsesUnavailableException(failure);
        }
    }
}
