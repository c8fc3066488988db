namespace Local.Model.Behaviour;

/// <summary>One request on its way through: what it meets, and what became of it.</summary>
internal sealed class Exchange(HttpContext http, string id, Script script, Pacer pacer, DateTimeOffset startedAt)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HttpContext? _http = http;
    private readonly string _path = http.Request.Path.Value ?? "";

    public HttpContext Http => _http ?? throw new InvalidOperationException("The request has ended.");

    public CancellationToken Left => Http.RequestAborted;

    public string Id { get; } = id;

    public Script Script { get; } = script;

    public Pacer Pacer { get; } = pacer;

    public long Created { get; } = startedAt.ToUnixTimeSeconds();

    public string? Model { get; set; }

    public bool Stream { get; set; }

    public int PromptTokens { get; set; }

    public int CompletionTokens { get; set; }

    /// <summary>Why each choice ended, in vLLM's words; empty where none did.</summary>
    public IReadOnlyList<string> FinishReasons { get; set; } = [];

    /// <summary>Whether the metrics count it as running.</summary>
    public bool IsCounted { get; set; }

    /// <summary>Whether a simulated fault spoilt the answer.</summary>
    public bool IsFaulted { get; set; }

    public TimeSpan? FirstTokenAfter { get; private set; }

    public TimeSpan? Elapsed { get; private set; }

    public Finish Finish { get; private set; }

    public int Status { get; private set; }

    public Task Ended => _ended.Task;

    public void FirstToken() => FirstTokenAfter ??= Pacer.Elapsed;

    public void End(Finish finish)
    {
        Status = Http.Response.HasStarted || finish is Finish.Completed or Finish.Refused || Script.Find(FaultKind.Status) is not null ? Http.Response.StatusCode : 0;
        Elapsed = Pacer.Elapsed;
        Finish = finish;
        _http = null; // The log outlives the request, and Kestrel uses its context again.
        _ended.TrySetResult();
    }

    public RequestRecord ToRecord() => new()
    {
        Id = Id,
        Path = _path,
        Model = Model,
        Stream = Stream,
        Status = Status,
        PromptTokens = PromptTokens,
        CompletionTokens = CompletionTokens,
        Finish = Finish,
        Faults = [.. Script.Faults.Select(fault => fault.Kind)],
        StartedAtMs = startedAt.ToUnixTimeMilliseconds(),
        ElapsedMs = Elapsed?.TotalMilliseconds,
    };
}
