using Gateway.Api.Streaming;

namespace Gateway.Api.Caching.Flights;

/// <summary>What a stream was, as a whole.</summary>
/// <param name="choices">How many it will have; null where only <c>[DONE]</c> tells its end.</param>
internal struct StreamFacts(int? choices)
{
    private int _unfinished = choices ?? int.MaxValue;
    private bool _isUnfit;
    private bool _callsTools;

    /// <summary>Whether <c>[DONE]</c> was there.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Whether all of it was there.</summary>
    public readonly bool IsFinished => IsDone || _unfinished <= 0;

    public void Add(in StreamFrame frame)
    {
        IsDone |= frame.Kind == ChunkKind.Done;
        _unfinished -= frame.Facts.Finishes;
        _isUnfit |= frame.Kind is ChunkKind.Error or ChunkKind.Malformed || frame.Facts.IsCutShort;
        _callsTools |= frame.Facts.WaitsForTools || frame.Facts.ToolCalls > 0;
    }

    /// <summary>Whether it may be given again. A stream that says <c>[DONE]</c> without a finish reason for each choice may lack some of it.</summary>
    public readonly bool IsFit(CacheRules rules) =>
        IsFinished && !_isUnfit && (choices is null || _unfinished <= 0) && (rules.StoresToolCalls || !_callsTools);
}
