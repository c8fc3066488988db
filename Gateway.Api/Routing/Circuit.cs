using Gateway.Api.Providers;
using Polly;
using Polly.CircuitBreaker;

namespace Gateway.Api.Routing;

/// <summary>
/// Leaves a target alone for a while once most of its attempts failed, then lets one request through to see. While a target asks for
/// a pause (429 with Retry-After), it is left alone too.
/// </summary>
internal sealed class Circuit
{
    private const double FailureRatio = 0.5;
    private const int MinimumAttempts = 5;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(10);

    private readonly CircuitBreakerStateProvider _state = new();
    private readonly CircuitBreakerManualControl _control = new();
    private readonly ResiliencePipeline<UpstreamResult> _pipeline;
    private readonly TimeProvider _time;
    private long _closedUntil;

    public Circuit(TimeProvider time)
    {
        _time = time;
        _pipeline = new ResiliencePipelineBuilder<UpstreamResult> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<UpstreamResult>
            {
                FailureRatio = FailureRatio,
                MinimumThroughput = MinimumAttempts,
                SamplingDuration = Window,
                BreakDuration = Break,
                StateProvider = _state,
                ManualControl = _control,
                ShouldHandle = static attempt => ValueTask.FromResult(attempt.Outcome.Result is UpstreamFailure { Rule.CountsAgainst: true }),
                OnOpened = opened =>
                {
                    LeaveAlone(opened.BreakDuration);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary><c>closed</c>: requests pass. <c>open</c>: none does. <c>half_open</c>: one does, to see.</summary>
    public string State => _state.CircuitState switch
    {
        CircuitState.Closed => "closed",
        CircuitState.HalfOpen => "half_open",
        _ => "open",
    };

    /// <summary>How long the target is to be left alone from now; null where it may be asked.</summary>
    public TimeSpan? Pause => _time.GetTimestamp() is var now && Interlocked.Read(ref _closedUntil) is var until && until > now ? _time.GetElapsedTime(now, until) : null;

    /// <summary>Leaves the target alone for this long.</summary>
    public void LeaveAlone(TimeSpan pause)
    {
        var until = _time.GetTimestamp() + (long)(pause.TotalSeconds * _time.TimestampFrequency);
        Interlocked.Exchange(ref _closedUntil, until);
    }

    /// <summary>Closes the circuit: a probe found the target well.</summary>
    public async Task CloseAsync()
    {
        Interlocked.Exchange(ref _closedUntil, 0);
        if (_state.CircuitState != CircuitState.Closed)
        {
            await _control.CloseAsync();
        }
    }

    /// <summary>Runs an attempt; null where another one is already finding out whether the target is well again.</summary>
    public async ValueTask<UpstreamResult?> TryAsync<TState>(Func<TState, CancellationToken, ValueTask<UpstreamResult>> attempt, TState state, CancellationToken cancellationToken)
    {
        if (_state.CircuitState == CircuitState.HalfOpen)
        {
            return null;
        }

        try
        {
            return await _pipeline.ExecuteAsync(static (call, token) => call.attempt(call.state, token), (attempt, state), cancellationToken);
        }
        catch (BrokenCircuitException)
        {
            return null;
        }
    }
}
