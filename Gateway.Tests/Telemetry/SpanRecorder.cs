using System.Collections.Concurrent;
using System.Diagnostics;

namespace Gateway.Tests.Telemetry;

/// <summary>Keeps the spans of one trace, which a test begins by its <see cref="TraceParent"/>; those of other tests are neither made nor kept.</summary>
internal sealed class SpanRecorder : IDisposable
{
    /// <summary>What ASP.NET calls the span of a request.</summary>
    public const string Served = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();
    private readonly ActivitySpanId _root = ActivitySpanId.CreateRandom();
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly TaskCompletionSource _served = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ActivityListener _listener;
    private int _serving;

    /// <param name="servers">How many servers the request comes to, upstreams included.</param>
    /// <param name="sources">Whose spans are kept.</param>
    public SpanRecorder(int servers, params string[] sources)
    {
        _serving = servers;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => sources.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.TraceId == _trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                if (span.TraceId == _trace)
                {
                    _ended.Enqueue(span);
                    if (span.OperationName == Served && Interlocked.Decrement(ref _serving) == 0)
                    {
                        _served.TrySetResult();
                    }
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public string TraceId => _trace.ToHexString();

    public string TraceParent => $"00-{_trace}-{_root}-01";

    public IReadOnlyCollection<Activity> Spans => _ended;

    /// <summary>Done when all servers have ended their spans, which is after their replies.</summary>
    public Task RequestEnded => _served.Task;

    /// <summary>The spans as a tree, in the order in which they began: <c>… > chat phi > attempt</c>. Servers that have nothing to tell, such as scripted upstreams, are left out.</summary>
    public IEnumerable<string> Paths => _ended.Where(span => span.OperationName != Served || _ended.Any(below => below.Parent == span)).OrderBy(span => span.StartTimeUtc).Select(PathOf);

    public void Dispose() => _listener.Dispose();

    private static string PathOf(Activity span) => span.Parent is { } parent ? $"{PathOf(parent)} > {span.DisplayName}" : span.DisplayName;
}
