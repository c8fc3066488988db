using System.Collections.Concurrent;
using ServiceDefaults.Usage;

namespace Gateway.Api.Metering;

/// <summary>
/// Estimates tokens from bytes where a provider tells none, by what it told before: bytes per token of each target, the last answers
/// weighing most. Until a target has told any, four bytes are a token, which is near the truth for English.
/// </summary>
internal sealed class TokenEstimator
{
    private readonly ConcurrentDictionary<string, BytesPerToken> _targets = new(StringComparer.Ordinal);

    /// <param name="target"><c>provider/model</c>.</param>
    /// <param name="requestBytes">The request's body, its JSON included: what was learned was learned from the same.</param>
    /// <param name="outputBytes">The text that the model made.</param>
    public UsageTokens Estimate(string target, long requestBytes, long outputBytes)
    {
        var rates = _targets.GetValueOrDefault(target, BytesPerToken.Usual);
        return new UsageTokens(Input: Count(requestBytes, rates.Input), CachedInput: 0, CacheWrite: 0, Output: Count(outputBytes, rates.Output));
    }

    public void Learn(string target, long requestBytes, long outputBytes, UsageTokens reported)
    {
        var known = _targets.GetValueOrDefault(target, BytesPerToken.Usual);

        // Two that learn at once lose one lesson, which does not matter.
        _targets[target] = known.After(requestBytes, reported.Total() - reported.Output, outputBytes, reported.Output);
    }

    private static long Count(long bytes, double bytesPerToken) => (long)Math.Ceiling(bytes / bytesPerToken);

    private sealed record BytesPerToken(double Input, double Output)
    {
        private const double WeightOfTheLast = 0.05;

        public static readonly BytesPerToken Usual = new(4, 4);

        public BytesPerToken After(long inputBytes, long inputTokens, long outputBytes, long outputTokens) =>
            new(Blend(Input, inputBytes, inputTokens), Blend(Output, outputBytes, outputTokens));

        private static double Blend(double known, long bytes, long tokens) =>
            bytes > 0 && tokens > 0 ? known + (WeightOfTheLast * (((double)bytes / tokens) - known)) : known;
    }
}
