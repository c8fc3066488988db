namespace Local.Model.Metrics;

/// <summary>The counts of one model.</summary>
internal sealed class ModelMetrics
{
    // vLLM's buckets: https://docs.vllm.ai/en/latest/usage/metrics.html
    private static readonly double[] FirstTokenBounds =
        [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 640, 2560];

    private static readonly double[] TokenBounds =
        [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80];

    private static readonly double[] RequestBounds =
        [0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680];

    private readonly long[] _finished = new long[FinishedReasons.Count];
    private long _running;
    private long _promptTokens;
    private long _generationTokens;

    /// <summary>vLLM counts an answer with tool calls as stopped, and one whose caller left as aborted.</summary>
    public static IReadOnlyList<string> FinishedReasons { get; } = ["stop", "length", "abort"];

    public Histogram FirstToken { get; } = new(FirstTokenBounds);

    public Histogram PerToken { get; } = new(TokenBounds);

    public Histogram Request { get; } = new(RequestBounds);

    public long Running => Interlocked.Read(ref _running);

    public long PromptTokens => Interlocked.Read(ref _promptTokens);

    public long GenerationTokens => Interlocked.Read(ref _generationTokens);

    public long Finished(int reason) => Interlocked.Read(ref _finished[reason]);

    public void Began() => Interlocked.Increment(ref _running);

    public void Ended(int promptTokens, int generationTokens)
    {
        Interlocked.Decrement(ref _running);
        Interlocked.Add(ref _promptTokens, promptTokens);
        Interlocked.Add(ref _generationTokens, generationTokens);
    }

    public void CountFinished(string reason) => Interlocked.Increment(ref _finished[reason switch { "length" => 1, "abort" => 2, _ => 0 }]);
}
