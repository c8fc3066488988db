using Gateway.Api.Configuration;

namespace Gateway.Api.Caching;

/// <summary>Kept answers: this process's memory, and Redis behind it where there is one.</summary>
internal sealed class AnswerCache(LiveConfiguration configuration, MemoryAnswers memory, CacheMetrics metrics, RedisAnswers? shared = null)
{
    public CachedAnswer? FindHere(CacheKey key) => memory.Find(key);

    public async ValueTask<CachedAnswer?> FindElsewhereAsync(string tenant, CacheKey key, bool isStream, CancellationToken cancellationToken)
    {
        if (shared is null || !configuration.Current.Cache.Shared || await shared.FindAsync(tenant, key, isStream, cancellationToken) is not { } answer)
        {
            return null;
        }

        memory.Keep(key, answer);
        return answer;
    }

    public void Keep(string tenant, CacheKey key, CachedAnswer answer, bool isStream)
    {
        memory.Keep(key, answer);
        metrics.Kept(answer.Bytes.Length);
        if (shared is not null && configuration.Current.Cache.Shared)
        {
            _ = shared.KeepAsync(tenant, key, answer, isStream);
        }
    }
}
