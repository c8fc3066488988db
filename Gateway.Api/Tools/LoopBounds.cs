using Gateway.Api.Answers;
using Gateway.Api.Configuration;
using Gateway.Api.Prices;

namespace Gateway.Api.Tools;

/// <summary>What the rounds of one request used together, and the bound that they have reached.</summary>
internal sealed class LoopBounds(ToolLoopOptions options, TimeProvider time, long started)
{
    public const string Rounds = "rounds";
    public const string Calls = "calls";

    private bool _isCostKnown = true;
    private bool _isEstimate;
    private AnswerEnd _sum;
    private long _costNanoUsd;

    /// <summary>All rounds as one answer.</summary>
    public AnswerEnd Sum => _sum with { IsEstimate = _isEstimate, CostNanoUsd = _isCostKnown ? _costNanoUsd : null };

    /// <summary>For how long tools may still be called.</summary>
    public TimeSpan TimeLeft => options.Time - time.GetElapsedTime(started) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    /// <summary>The bound that is reached: <c>tokens</c>, <c>cost</c> or <c>time</c>; null where none is.</summary>
    public string? Reached =>
        _sum.Tokens.Total() >= options.MaxTokens ? "tokens"
        : _costNanoUsd >= NanoUsd.Of((decimal)options.MaxCostUsd) ? "cost"
        : TimeLeft == TimeSpan.Zero ? "time"
        : null;

    public void Add(in AnswerEnd round)
    {
        _sum = new AnswerEnd(_sum.Tokens + round.Tokens, _sum.ReasoningTokens + round.ReasoningTokens, IsEstimate: false, CostNanoUsd: null);
        _isEstimate |= round.IsEstimate;
        _isCostKnown &= round.CostNanoUsd is not null;
        _costNanoUsd += round.CostNanoUsd ?? 0;
    }

    public static string Words(string bound) => bound switch
    {
        Rounds => "the limit of rounds is reached",
        Calls => "the request's 'max_tool_calls' is reached",
        "tokens" => "the limit of tokens is reached",
        "cost" => "the limit of cost is reached",
        _ => "the time for tools is over",
    };
}
