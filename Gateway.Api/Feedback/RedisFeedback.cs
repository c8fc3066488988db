using System.Globalization;
using System.Text.Json;
using Gateway.Api.Access;
using Gateway.Api.Configuration;
using StackExchange.Redis;

namespace Gateway.Api.Feedback;

/// <summary>
/// Keeps each recent request under a key of its own, <c>gateway:feedback:{tenant}:req_…</c>, which expires, and feedback in one list.
/// </summary>
internal sealed class RedisFeedback(IConnectionMultiplexer redis, LiveConfiguration configuration) : IFeedbackStore
{
    private const string List = "gateway:feedback";

    // KEYS: the request. ARGV: the score. What was there before is returned, with its score where it had one.
    private const string Score = """
        local kept = redis.call('GET', KEYS[1])
        if not kept then return false end
        redis.call('SET', KEYS[1], string.sub(kept, 1, string.find(kept, '|', 1, true)) .. ARGV[1], 'KEEPTTL')
        return kept
        """;

    // What this process has written, so that it can take it back. Used by one writer.
    private readonly Queue<RedisKey> _oldestFirst = [];

    public Task RememberAsync(IReadOnlyList<AnsweredRequest> requests, CancellationToken cancellationToken) => GuardAsync(
        async database =>
        {
            var options = configuration.Current.Feedback;
            List<Task> sent = [];
            foreach (var request in requests)
            {
                var key = KeyOf(request.Caller.Tenant, request.Id);
                sent.Add(database.StringSetAsync(key, new RememberedRequest(request.Variant?.FullName, Score: null).ToString(), options.Lifetime));
                _oldestFirst.Enqueue(key);
            }

            while (_oldestFirst.Count > options.MaxRequests)
            {
                sent.Add(database.KeyDeleteAsync(_oldestFirst.Dequeue()));
            }

            await Task.WhenAll(sent);
            return true;
        },
        cancellationToken);

    public async Task<RememberedRequest?> ScoreAsync(string tenant, string requestId, double score, CancellationToken cancellationToken)
    {
        var kept = await GuardAsync(database => database.ScriptEvaluateAsync(Score, [KeyOf(tenant, requestId)], [score.ToString(CultureInfo.InvariantCulture)]), cancellationToken);
        return kept.IsNull ? null : RememberedRequest.Parse((string)kept!);
    }

    public Task AppendAsync(FeedbackEntry entry, CancellationToken cancellationToken) => GuardAsync(
        async database =>
        {
            await database.ListLeftPushAsync(List, JsonSerializer.SerializeToUtf8Bytes(entry, FeedbackJson.Default.FeedbackEntry));
            await database.ListTrimAsync(List, 0, IFeedbackStore.Capacity - 1);
            return true;
        },
        cancellationToken);

    public Task<IReadOnlyList<FeedbackEntry>> ReadAllAsync(CancellationToken cancellationToken) => GuardAsync<IReadOnlyList<FeedbackEntry>>(
        async database =>
        {
            var values = await database.ListRangeAsync(List);
            return [.. values.Select(value => JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)value).Span, FeedbackJson.Default.FeedbackEntry)!)];
        },
        cancellationToken);

    private static RedisKey KeyOf(string tenant, string requestId) => $"gateway:feedback:{{{Uri.EscapeDataString(tenant)}}}:{requestId}";

    private async Task<T> GuardAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(redis.GetDatabase()).WaitAsync(cancellationToken);
        }
        catch (Exception failure) when (RedisKeys.IsUnavailable(failure))
        {
            throw new FeedbackUnavailableException(failure);
        }
    }
}
