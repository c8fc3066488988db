using Cost.Worker.Configuration;

namespace Cost.Worker.Alerts.Sinks;

/// <summary>
/// Brings one sink its messages, in their order and beside all others: a sink that is dead, hangs or refuses holds up nobody, and gets everything when it is back.
/// </summary>
internal sealed partial class SinkCourier(string name, SinkOptions options, IAlertSink sink, Outbox outbox, TimeProvider time, ILogger<SinkCourier> logger) : BackgroundService
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _put = new(0);
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.TimeoutSeconds);
    private volatile Outcome _last = new(Trouble: null, DeliveredAt: null);

    public SinkState State => StateOf(_last);

    /// <summary>Keeps the message for the sink where it is for it.</summary>
    public void Take(AlertMessage message)
    {
        if (message.Alert.Worst >= options.Severity)
        {
            if (outbox.Put(message) is { } reason)
            {
                LogInMemory(name, reason);
            }

            _put.Release();
        }
    }

    public override void Dispose()
    {
        (sink as IDisposable)?.Dispose();
        _put.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backOff = FirstBackOff;
        try
        {
            while (true)
            {
                if (outbox.Count == 0)
                {
                    await _put.WaitAsync(stoppingToken);
                }
                else if (await TryDeliverAsync(stoppingToken))
                {
                    backOff = FirstBackOff;
                }
                else
                {
                    await Task.Delay(backOff, time, stoppingToken);
                    backOff = backOff * 2 < LongestBackOff ? backOff * 2 : LongestBackOff;
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What waits is on disk.
        }
    }

    private async Task<bool> TryDeliverAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (outbox.Peek() is { } message)
            {
                await SendAsync(message, stoppingToken);
                outbox.Remove();
                Succeed();
            }

            return true;
        }
        catch (SinkException failure) when (failure.IsRejected)
        {
            return TryReject(failure.Message);
        }
        catch (Exception failure) when (failure is SinkException or IOException or UnauthorizedAccessException)
        {
            Fail(failure.Message);
            return false;
        }
    }

    private bool TryReject(string reason)
    {
        try
        {
            outbox.Reject();
            LogRejected(name, reason);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Fail(failure.Message);
            return false;
        }
    }

    private async Task SendAsync(AlertMessage message, CancellationToken stoppingToken)
    {
        using var timeout = new CancellationTokenSource(_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stoppingToken);
        try
        {
            await sink.SendAsync(message, either.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            throw new SinkException($"it did not answer within {options.TimeoutSeconds} s.");
        }
    }

    private void Fail(string trouble)
    {
        if (_last.Trouble is null)
        {
            LogTrouble(name, trouble);
        }

        _last = _last with { Trouble = trouble };
    }

    private void Succeed()
    {
        if (_last.Trouble is not null)
        {
            LogOver(name);
        }

        _last = new Outcome(Trouble: null, time.GetUtcNow());
    }

    private SinkState StateOf(Outcome last) => new(name, options.Type!.Value.ToString().ToLowerInvariant(), outbox.Count, outbox.Rejected, last.Trouble, last.DeliveredAt);

    [LoggerMessage(LogLevel.Error, "Alerts wait for the sink {Sink}: {Reason} It is tried again until it succeeds; nothing is lost.")]
    private partial void LogTrouble(string sink, string reason);

    [LoggerMessage(LogLevel.Error, "An alert for the sink {Sink} cannot be kept on disk ({Reason}); it is told all the same, unless the worker ends before.")]
    private partial void LogInMemory(string sink, string reason);

    [LoggerMessage(LogLevel.Information, "The sink {Sink} takes alerts again.")]
    private partial void LogOver(string sink);

    [LoggerMessage(LogLevel.Error, "The sink {Sink} rejects an alert, which was put aside: {Reason}")]
    private partial void LogRejected(string sink, string reason);

    private sealed record Outcome(string? Trouble, DateTimeOffset? DeliveredAt);
}
