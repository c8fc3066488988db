using System.Collections;
using System.Diagnostics;

namespace ServiceDefaults.Correlation;

/// <summary>
/// What every log line of a request carries: its id and its trace, which is the caller's where it is part of one
/// (https://www.w3.org/TR/trace-context/) and else begins here. Worked out only when a line is written.
/// </summary>
public sealed class RequestScope(string requestId, string? traceParent) : IEnumerable<KeyValuePair<string, object?>>
{
    private string? _traceId;

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        yield return new("RequestId", requestId);
        yield return new("TraceId", _traceId ??= TraceId());
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"RequestId:{requestId}";

    private string TraceId() =>
        (ActivityContext.TryParse(traceParent, traceState: null, out var sent) ? sent.TraceId : ActivityTraceId.CreateRandom()).ToHexString();
}
