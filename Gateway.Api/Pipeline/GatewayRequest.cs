using System.Diagnostics;
using Gateway.Api.Access;
using Gateway.Api.Answers;
using Gateway.Api.Caching;
using Gateway.Api.Caching.Flights;
using Gateway.Api.Experiments;
using Gateway.Api.Limits;
using Gateway.Api.Metering;
using Gateway.Api.Providers;
using Gateway.Api.Requests;
using Gateway.Api.Routing;
using Gateway.Api.Tools;
using Gateway.Api.Tools.Calls;
using ServiceDefaults.Usage;

namespace Gateway.Api.Pipeline;

/// <summary>One request on its way through the gateway: each stage reads what the ones before it found and adds its own.</summary>
internal sealed class GatewayRequest : IDisposable
{
    private readonly CancellationTokenSource _deadline;
    private readonly TimeProvider _time;
    private readonly CancellationTokenRegistration _callerLeaving;
    private AnswerProgress _progress;
    private long? _answered;

    public GatewayRequest(HttpContext http, Operation operation, TimeSpan timeout, TimeProvider time, ApiCodec? codec = null)
    {
        Http = http;
        Operation = operation;
        Codec = codec;
        Caller = Access.Caller.KeyOf(http);
        _time = time;
        (StartedAt, Started) = (time.GetUtcNow(), time.GetTimestamp());
        _deadline = new CancellationTokenSource(timeout, time);
        _callerLeaving = http.RequestAborted.UnsafeRegister(static deadline => ((CancellationTokenSource)deadline!).Cancel(), _deadline);
    }

    public HttpContext Http { get; }

    /// <summary>What the providers are asked for.</summary>
    public Operation Operation { get; }

    /// <summary>The API that the caller speaks where it is none of the providers' own.</summary>
    public ApiCodec? Codec { get; }

    /// <summary>Whether it is a line of a batch: nobody waits for it, and whoever does goes first.</summary>
    public bool IsBatch { get; init; }

    public ApiKey Caller { get; }

    /// <summary>The Bedrock API key that the caller brought in place of a key of ours; read where it is sent, and kept nowhere.</summary>
    public string? BedrockToken => Access.Caller.BringsBedrockTokenTo(Http) ? BearerAuthentication.TokenOf(Http.Request) : null;

    /// <summary>Set by admission.</summary>
    public PooledBody? Body { get; set; }

    /// <summary>What the gateway does for it beside calling its model; null where that is nothing.</summary>
    public ToolUse? Tools { get; set; }

    /// <summary>Calls of tools that the caller has allowed, to be made before its model goes on.</summary>
    public IReadOnlyList<ApprovedCall> Approved { get; set; } = [];

    /// <summary>How many calls of tools may be made for it; null where the caller has set no bound.</summary>
    public int? MostToolCalls { get; set; }

    /// <summary>Which of several calls of a model this is that one request leads to; null where it leads to one.</summary>
    public Round? Round { get; init; }

    /// <summary>What of the body is beyond OpenAI's form; null where nothing is that the gateway has put there.</summary>
    public ChatExtensions? Extensions { get; set; }

    /// <summary>The codec has answered the request itself: no target is called for it, and nothing is settled.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>What the caller is told of the request, whichever target answers it.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>Set by admission.</summary>
    public RequestFields Fields { get; set; }

    /// <summary>Set by admission.</summary>
    public ModelRoute? Route { get; set; }

    /// <summary>What an experiment makes of the request; null where it is in none.</summary>
    public Variant? Variant { get; set; }

    /// <summary>What admission holds for it of limits and budgets; null where it is under none.</summary>
    public RequestHolds? Holds { get; set; }

    /// <summary>Set where the answer may be kept.</summary>
    public CacheUse? Cache { get; set; }

    /// <summary>The answer, where it was kept.</summary>
    public UpstreamResult? Kept { get; set; }

    /// <summary>Its part in a call that identical requests share.</summary>
    public FlightSeat? Seat { get; set; }

    /// <summary>Why the request needs no call of its own; <see cref="AvoidedBy.None"/> where it needs one.</summary>
    public AvoidedBy AvoidedBy { get; set; }

    /// <summary>Whether its inputs went with another request's call.</summary>
    public bool IsGrouped { get; set; }

    /// <summary>What the request asks of whichever target serves it.</summary>
    public Demand Demand => new(Body!.Length, Fields.MaxOutputTokens);

    /// <summary>When the request came in, in UTC.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>When it came in, by the clock that only goes forward.</summary>
    public long Started { get; }

    /// <summary>How many targets were called.</summary>
    public int Attempts { get; set; }

    /// <summary>The target that answered, or is being called.</summary>
    public Target? Target { get; set; }

    /// <summary>Cancelled when the attempt at <see cref="Target"/> is to end, because its time is up or the request ends.</summary>
    public CancellationToken AttemptCancelled { get; set; }

    /// <summary>When the attempt at <see cref="Target"/> began.</summary>
    public long AttemptStarted { get; set; }

    /// <summary>The load of the target that is answering; it is told when the request ends.</summary>
    public TargetLoad? Serving { get; set; }

    /// <summary>Where the request has a place, which it gives back when it ends.</summary>
    public TargetQueue? Queue { get; set; }

    /// <summary>When the answer's first byte was there.</summary>
    public long? FirstByte { get; set; }

    /// <summary>How it ended; null until its usage is settled.</summary>
    public Outcome? Outcome { get; set; }

    /// <summary>Its span, from when a model is asked to the end of its answer; null where no trace is exported.</summary>
    public Activity? Span { get; set; }

    /// <summary>Cancelled when the caller leaves or the time is up; <see cref="CallerLeft"/> tells which.</summary>
    public CancellationToken Cancelled => _deadline.Token;

    /// <summary>What has passed of the answer so far.</summary>
    public ref AnswerProgress Progress => ref _progress;

    /// <summary>Whether the caller wants a stream to tell what its head could not.</summary>
    public bool WantsDetails => Http.Request.Headers[GatewayHeaders.Details] == "true";

    /// <summary>What is left of the time that the alias allows for the answer, or its first byte.</summary>
    public TimeSpan TimeLeft => Route!.Limits.Request - _time.GetElapsedTime(Started);

    /// <summary>How long it took until the model's answer was whole, or has taken so far.</summary>
    public TimeSpan Duration => _time.GetElapsedTime(Started, _answered ?? _time.GetTimestamp());

    public bool CallerLeft => Http.RequestAborted.IsCancellationRequested;

    public void Warn(string warning) => Warnings = [.. Warnings, warning];

    /// <summary>Gives what comes next this long from now.</summary>
    public void RenewDeadline(TimeSpan timeout) => _deadline.CancelAfter(timeout);

    /// <summary>The model has done its part; what else comes before the end is not its time.</summary>
    public void Answered()
    {
        _answered = _time.GetTimestamp();
        Span?.SetEndTime(_time.GetUtcNow().UtcDateTime);
        LeaveTarget();
    }

    /// <summary>The target has done its part.</summary>
    public void LeaveTarget()
    {
        Serving?.Ended();
        Queue?.Leave();
        (Serving, Queue) = (null, null);
    }

    public void Dispose()
    {
        LeaveTarget();
        Span?.Dispose();
        _callerLeaving.Dispose();
        _deadline.Dispose();
        Body?.Dispose();
    }
}
