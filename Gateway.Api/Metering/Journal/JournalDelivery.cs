using System.Buffers;
using ServiceDefaults.Usage;
using StackExchange.Redis;

namespace Gateway.Api.Metering.Journal;

/// <summary>
/// Delivers one journal. It remembers two numbers: up to which one events were pushed, and up to which one the ledger has acknowledged them.
/// What lies between is pushed again when nobody seems to have it: Redis may have died and lost it, and whoever keeps events passes over
/// those that it has.
/// </summary>
internal sealed partial class JournalDelivery(IJournalSource source, JournalSettings settings, TimeProvider time, JournalMetrics metrics, ILogger logger)
{
    private readonly OldestUnacknowledged _oldest = new(time);
    private readonly List<ArrayBufferWriter<byte>> _buffers = [];
    private long _pushed = source.First - 1;
    private long _acknowledged = source.First - 1;
    private bool _wasRead;
    private long _pushedAt;
    private long _waitsSince;

    public IJournalSource Source => source;

    public long Undelivered => source.Last - Volatile.Read(ref _acknowledged);

    public long Unpushed => source.Last - _pushed;

    public TimeSpan OldestAge => _oldest.Age;

    /// <summary>Whether so much waits to be taken that no more is pushed.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Reads what was acknowledged, and pushes what there is, up to the number of batches that may be in flight.</summary>
    public async Task RoundAsync(IDatabase redis, CancellationToken cancellationToken)
    {
        _oldest.Note(source.Last, _acknowledged);

        // In this order: what has left both lists was acknowledged before.
        var waiting = redis.ListLengthAsync(UsageTransport.Waiting);
        var processing = redis.ListLengthAsync(UsageTransport.Processing);
        var kept = redis.HashGetAsync(UsageTransport.Kept, source.Journal);
        await Task.WhenAll(waiting, processing, kept).WaitAsync(settings.AnswerTime, time, cancellationToken);

        Acknowledge((await kept).TryParse(out long number) ? number : 0);
        if (_pushed > _acknowledged && IsForgotten(areListsEmpty: await waiting + await processing == 0))
        {
            LogAgain(source.Journal, _acknowledged + 1, _pushed);
            _pushed = _acknowledged;
        }

        IsHeld = await waiting > settings.MaxWaitingBatches;
        if (IsHeld)
        {
            source.Held();
        }
        else
        {
            await PushAsync(redis);
        }
    }

    private bool IsForgotten(bool areListsEmpty) =>
        time.GetElapsedTime(_waitsSince) >= settings.AcknowledgementPatience
        || (areListsEmpty && time.GetElapsedTime(_pushedAt) >= settings.AcknowledgementInterval);

    private void Acknowledge(long number)
    {
        if (number > _acknowledged)
        {
            // What is read first was counted by the process before this one.
            if (_wasRead)
            {
                metrics.Acknowledged(number - _acknowledged);
            }

            Volatile.Write(ref _acknowledged, number);
            _pushed = Math.Max(_pushed, number);
            _waitsSince = time.GetTimestamp();
            source.Acknowledged(number);
            _oldest.Note(source.Last, number);
        }

        _wasRead = true;
    }

    // Not to be cancelled: what is on its way would be pushed once more by the last delivery.
    private async Task PushAsync(IDatabase redis)
    {
        var pushes = new List<(long Last, Task Done)>();
        for (var last = _pushed; pushes.Count < settings.BatchesInFlight && source.Last > last;)
        {
            var events = source.Read(last, settings.BatchEvents, out var covered);
            if (covered == last)
            {
                break;
            }

            var buffer = Buffer(pushes.Count);
            UsageBatch.Write(buffer, new UsageBatchHeader(source.Journal, last + 1, covered), events);
            pushes.Add((covered, redis.ListLeftPushAsync(UsageTransport.Waiting, buffer.WrittenMemory)));
            last = covered;
        }

        try
        {
            foreach (var (last, done) in pushes)
            {
                await done.WaitAsync(settings.AnswerTime, time);
                _pushedAt = time.GetTimestamp();
                _waitsSince = _pushed == _acknowledged ? _pushedAt : _waitsSince;
                _pushed = last;
                source.Pushed(last);
            }
        }
        catch
        {
            // The client may still be about to send them.
            _buffers.Clear();
            throw;
        }
    }

    private ArrayBufferWriter<byte> Buffer(int index)
    {
        if (index == _buffers.Count)
        {
            _buffers.Add(new ArrayBufferWriter<byte>());
        }

        _buffers[index].ResetWrittenCount();
        return _buffers[index];
    }

    [LoggerMessage(LogLevel.Warning, "Usage events {First} to {Last} of journal {Journal} were pushed and are not acknowledged; they are pushed again.")]
    private partial void LogAgain(string journal, long first, long last);
}
