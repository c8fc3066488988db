using System.Threading.Channels;
using Gateway.Api.Configuration;
using Gateway.Api.Flags;
using Gateway.Api.Metering;
using Gateway.Api.Pipeline;
using ServiceDefaults.Usage;

namespace Gateway.Api.Feedback;

/// <summary>
/// Remembers requests that were answered, off their way, so that their callers can give feedback on them. Those that come faster than they can be
/// written, or while the store is away, are not remembered.
/// </summary>
internal sealed partial class RecentRequests(
    LiveConfiguration configuration, FeatureFlags flags, IFeedbackStore store, TimeProvider time, ILogger<RecentRequests> logger) : BackgroundService
{
    private const int Waiting = 10_000;
    private const int AtOnce = 500;

    private readonly Channel<AnsweredRequest> _answered = Channel.CreateBounded<AnsweredRequest>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private long _second;
    private int _inSecond;
    private bool _isAway;

    public void Note(GatewayRequest request, Outcome outcome)
    {
        if (outcome.Status != UsageStatus.Refused && (request.Variant is not null || IsAmongFirst()))
        {
            _answered.Writer.TryWrite(new AnsweredRequest(request.Http.TraceIdentifier, request.Caller, request.Variant));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<AnsweredRequest> batch = [];
        while (await _answered.Reader.WaitToReadAsync(stoppingToken))
        {
            batch.Clear();
            while (batch.Count < AtOnce && _answered.Reader.TryRead(out var request))
            {
                if (await flags.IsOnAsync(GatewayFlags.Feedback, request.Caller))
                {
                    batch.Add(request);
                }
            }

            await TryRememberAsync(batch, stoppingToken);
        }
    }

    // Of two threads at the turn of a second one may begin it twice, which lets a few more through.
    private bool IsAmongFirst()
    {
        var second = time.GetTimestamp() / time.TimestampFrequency;
        if (Volatile.Read(ref _second) != second)
        {
            Volatile.Write(ref _second, second);
            Volatile.Write(ref _inSecond, 0);
        }

        var most = configuration.Current.Feedback.MaxRequestsPerSecond;
        return Volatile.Read(ref _inSecond) < most && Interlocked.Increment(ref _inSecond) <= most;
    }

    private async Task TryRememberAsync(List<AnsweredRequest> batch, CancellationToken cancellationToken)
    {
        try
        {
            await store.RememberAsync(batch, cancellationToken);
            _isAway = false;
        }
        catch (FeedbackUnavailableException failure)
        {
            if (!_isAway)
            {
                LogForgotten(failure.Message);
            }

            _isAway = true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Requests are not remembered, so that nobody can give feedback on them: {Reason}")]
    private partial void LogForgotten(string reason);
}
