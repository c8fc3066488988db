namespace ServiceDefaults.Usage;

/// <summary>Tokens in the four classes that are priced apart. The classes do not overlap: OpenAI's <c>prompt_tokens</c> is the sum of the first three.</summary>
/// <param name="Input">Prompt tokens that no cache of the provider held.</param>
/// <param name="CachedInput">Prompt tokens read from the provider's cache.</param>
/// <param name="CacheWrite">Prompt tokens written to the provider's cache.</param>
/// <param name="Output">Tokens that the model made, its reasoning included.</param>
public readonly record struct UsageTokens(long Input, long CachedInput, long CacheWrite, long Output)
{
    /// <summary>All four together; left out of the JSON.</summary>
    public long Total() => Input + CachedInput + CacheWrite + Output;

    public static UsageTokens operator +(UsageTokens a, UsageTokens b) =>
        new(a.Input + b.Input, a.CachedInput + b.CachedInput, a.CacheWrite + b.CacheWrite, a.Output + b.Output);
}
