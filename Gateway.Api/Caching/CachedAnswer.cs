using Gateway.Api.Streaming;

namespace Gateway.Api.Caching;

/// <summary>A whole answer as its provider sent it: a JSON reply, or the frames of a stream up to and with <c>[DONE]</c>.</summary>
internal sealed class CachedAnswer
{
    /// <summary>About what an entry takes beside its bytes.</summary>
    private const int Overhead = 512;

    /// <summary><c>provider/model</c> that made it.</summary>
    public required string Target { get; init; }

    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>When it was made, in UTC.</summary>
    public required DateTimeOffset At { get; init; }

    public required TimeSpan Lifetime { get; init; }

    /// <summary>What it cost in nano-dollars; null where that is not known.</summary>
    public long? CostNanoUsd { get; init; }

    /// <summary>How long it took to make.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What its caller was told beside it.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What is in a reply; of a stream each frame tells for itself.</summary>
    public AnswerFacts Facts { get; init; }

    public long Size => Bytes.Length + Overhead;

    /// <summary>What a new answer would take: money, and a nano-dollar for each microsecond that its caller waits.</summary>
    public double Worth => (CostNanoUsd ?? 0) + Duration.TotalMicroseconds;

    public TimeSpan AgeAt(DateTimeOffset now) => now > At ? now - At : TimeSpan.Zero;

    public bool IsFresh(DateTimeOffset now) => AgeAt(now) < Lifetime;
}
