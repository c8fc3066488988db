using System.Collections.Concurrent;

namespace Gateway.Api.Access.Jwt;

/// <summary>The tokens that were verified lately, by their hash: a bounded number of them.</summary>
internal sealed class VerifiedTokens(int capacity = VerifiedTokens.DefaultCapacity)
{
    private const int DefaultCapacity = 10_000;

    private readonly ConcurrentDictionary<KeyHash, VerifiedToken> _tokens = new();

    public int Count => _tokens.Count;

    public VerifiedToken? Find(KeyHash hash) => _tokens.GetValueOrDefault(hash);

    public void Remove(KeyHash hash) => _tokens.TryRemove(hash, out _);

    public void Add(KeyHash hash, VerifiedToken token, DateTimeOffset now)
    {
        if (_tokens.Count >= capacity)
        {
            foreach (var (expired, _) in _tokens.Where(pair => pair.Value.Until <= now))
            {
                _tokens.TryRemove(expired, out _);
            }
        }

        // Rather all of them verified once more than bookkeeping at each request.
        if (_tokens.Count >= capacity)
        {
            _tokens.Clear();
        }

        _tokens[hash] = token;
    }
}
