using Gateway.Api.Providers;
using Gateway.Api.Telemetry;

namespace Gateway.Api.Secrets;

/// <summary>
/// A secret of AWS, read in the background: soon again until it is there, every few minutes afterwards, and at once where a provider
/// refused it. A value that was once good goes on until there is another one.
/// </summary>
internal sealed partial class AwsSecret : Secret, IDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    /// <summary>A provider that refuses every request is no reason to ask AWS at every request.</summary>
    private static readonly TimeSpan BetweenRenewals = TimeSpan.FromSeconds(5);

    /// <summary>How long a request that was refused waits for another secret.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly SecretReader _reader;
    private readonly TimeSpan _refresh;
    private readonly GatewayMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationToken _ended;
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _turn = new();
    private Task _reading = Task.CompletedTask;
    private long? _renewedAt;
    private volatile bool _isPending = true;
    private int _failures;
    private string? _told;

    public AwsSecret(string reference, SecretReader reader, TimeSpan refresh, GatewayMetrics metrics, TimeProvider time, ILogger logger)
        : base(reference, AwsSecretProblems.Pending(reference))
    {
        (_reader, _refresh, _metrics, _time, _logger) = (reader, refresh, metrics, time, logger);
        _ended = _end.Token;
    }

    /// <summary>Raised when there is another value, and when it is known that there is none.</summary>
    public event Action? Changed;

    public override bool IsPending => _isPending;

    /// <summary>Done when it was read once, with or without success, and whoever wants to know was told.</summary>
    public Task FirstRead => _first.Task;

    public void Start() => _ = Task.Run(RunAsync);

    public override async Task<bool> RenewAsync(string? refused, CancellationToken cancellationToken)
    {
        if (Value == refused)
        {
            try
            {
                await ReadUnlessJustRenewed().WaitAsync(Patience, _time, cancellationToken);
            }
            catch (Exception exception) when (exception is TimeoutException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // AWS takes too long, or nobody refers to the secret any more.
                return false;
            }
        }

        return Value is not null && Value != refused;
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await ReadOnce();
                await Task.Delay(_failures == 0 ? _refresh : RetryIn(), _time, _ended);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody refers to it any more.
        }
    }

    private TimeSpan RetryIn()
    {
        var longest = LongestRetry < _refresh ? LongestRetry : _refresh;
        var doubled = FirstRetry * Math.Pow(2, Math.Min(_failures - 1, 10));
        return doubled < longest ? doubled : longest;
    }

    private Task ReadUnlessJustRenewed()
    {
        lock (_turn)
        {
            if (_renewedAt is { } last && _time.GetElapsedTime(last) < BetweenRenewals)
            {
                return _reading;
            }

            _renewedAt = _time.GetTimestamp();
            return ReadOnce();
        }
    }

    // Whoever comes while it is being read waits for the same answer.
    private Task ReadOnce()
    {
        lock (_turn)
        {
            return _reading.IsCompleted ? _reading = ReadAsync() : _reading;
        }
    }

    private async Task ReadAsync()
    {
        await Task.Yield();
        try
        {
            Take(await _reader.ReadAsync(Reference, _ended));
        }
        catch (SecretUnreadableException failure)
        {
            Miss(failure.Problem);
        }
    }

    private void Take(string value)
    {
        _failures = 0;
        _told = null;
        if (value == Value)
        {
            return;
        }

        if (Value is null)
        {
            LogRead(Reference);
        }
        else
        {
            LogRotated(Reference);
        }

        Set(value);
        Tell();
    }

    private void Miss(ProviderProblem problem)
    {
        _failures++;
        var isNews = _told != problem.Reason;
        if (isNews)
        {
            Log(problem, wasTold: _told is not null);
            _told = problem.Reason;
        }

        if (Value is not null)
        {
            return;
        }

        Set(problem);
        if (_isPending)
        {
            Tell();
        }
    }

    private void Tell()
    {
        _isPending = false;
        Changed?.Invoke();
        _first.TrySetResult();
    }

    private void Log(ProviderProblem problem, bool wasTold)
    {
        if (!wasTold)
        {
            _metrics.SecretUnreadable(Reference);
        }

        if (Value is null)
        {
            LogMissing(problem.Reason, problem.Remedy);
        }
        else
        {
            LogStale(problem.Reason, problem.Remedy);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Reference} was read.")]
    private partial void LogRead(string reference);

    [LoggerMessage(LogLevel.Information, "{Reference} has changed; new requests use the new secret.")]
    private partial void LogRotated(string reference);

    [LoggerMessage(LogLevel.Warning, "What needs this secret is not available: {Reason} {Remedy}")]
    private partial void LogMissing(string reason, string remedy);

    [LoggerMessage(LogLevel.Warning, "A secret could not be read anew, and the last known one goes on: {Reason} {Remedy}")]
    private partial void LogStale(string reason, string remedy);
}
