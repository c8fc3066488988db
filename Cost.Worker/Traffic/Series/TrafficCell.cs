using ServiceDefaults.Usage;

namespace Cost.Worker.Traffic.Series;

/// <summary>What happened in one step of time.</summary>
internal sealed class TrafficCell
{
    private const decimal NanoPerUsd = 1_000_000_000m;

    private long[]? _errors;
    private Int128 _nanoUsd;

    public long Requests { get; private set; }

    public long Failed { get; private set; }

    public long InputTokens { get; private set; }

    public long OutputTokens { get; private set; }

    public decimal CostUsd => (decimal)_nanoUsd / NanoPerUsd;

    public LatencyHistogram Latency { get; } = new();

    public LatencyHistogram FirstToken { get; } = new();

    public long ErrorsOf(ErrorKind kind) => _errors?[(int)kind] ?? 0;

    public void Add(UsageEvent one)
    {
        Requests++;
        Failed += Judgement.HasFailed(one) == true ? 1 : 0;
        InputTokens += one.Tokens.Total() - one.Tokens.Output;
        OutputTokens += one.Tokens.Output;
        _nanoUsd += one.CostNanoUsd ?? 0;
        if (ErrorKinds.Of(one) is { } kind)
        {
            AddErrors(kind, 1);
            return;
        }

        Latency.Add(one.DurationMicroseconds);
        if (one is { Streamed: true, FirstTokenMicroseconds: { } first })
        {
            FirstToken.Add(first);
        }
    }

    public void AddAll(TrafficCell other)
    {
        Requests += other.Requests;
        Failed += other.Failed;
        InputTokens += other.InputTokens;
        OutputTokens += other.OutputTokens;
        _nanoUsd += other._nanoUsd;
        for (var kind = 0; other._errors is not null && kind < ErrorKinds.Names.Count; kind++)
        {
            AddErrors((ErrorKind)kind, other._errors[kind]);
        }

        Latency.AddAll(other.Latency);
        FirstToken.AddAll(other.FirstToken);
    }

    private void AddErrors(ErrorKind kind, long count) => (_errors ??= new long[ErrorKinds.Names.Count])[(int)kind] += count;
}
