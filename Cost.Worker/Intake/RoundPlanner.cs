using Cost.Worker.Ledger;
using ServiceDefaults.Usage;
using StackExchange.Redis;

namespace Cost.Worker.Intake;

/// <summary>
/// Decides what becomes of batches: each journal is kept without gaps, so a batch that begins past the next number is dropped (its
/// gateway sends again what is not acknowledged), and of one that begins before it the known part is passed over.
/// </summary>
internal sealed partial class RoundPlanner(TimeProvider time, ILogger<RoundPlanner> logger)
{
    public RoundPlan Plan(IReadOnlyList<RedisValue> taken, IReadOnlyDictionary<string, long> kept)
    {
        var received = time.GetUtcNow();
        var batches = new List<LedgerBatch>();
        var aside = new List<AsideText>();
        var reached = new Dictionary<string, long>(StringComparer.Ordinal);
        var gaps = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in taken)
        {
            var read = BatchReader.Read(text);
            if (read.Header is not { } header)
            {
                aside.AddRange(read.Aside);
                continue;
            }

            var last = reached.TryGetValue(header.Journal, out var soFar) ? soFar : kept.GetValueOrDefault(header.Journal);
            reached[header.Journal] = last;
            if (header.First > last + 1)
            {
                Warn(gaps, header, last);
            }
            else if (header.Last > last)
            {
                // What is put aside is acknowledged with the rest of its batch: it is kept, if only there.
                aside.AddRange(read.Aside);
                batches.Add(new LedgerBatch(header.Journal, last + 1, header.Last, Book(read.Events, last, received)));
                reached[header.Journal] = header.Last;
            }
        }

        return new RoundPlan(batches, aside, reached);
    }

    private List<BookedEvent> Book(IReadOnlyList<UsageEvent> events, long last, DateTimeOffset received)
    {
        var known = new HashSet<long>(events.Count);
        var booked = new List<BookedEvent>(events.Count);
        foreach (var one in events)
        {
            if (one.Id.Sequence <= last)
            {
                continue;
            }

            if (!known.Add(one.Id.Sequence))
            {
                LogDuplicate(one.Id, one.RequestId);
                continue;
            }

            var right = Booking.Of(one, received);
            if (right.Claimed is { } claimed)
            {
                LogPutRight(one.Id, one.RequestId, claimed);
            }

            booked.Add(right);
        }

        return booked;
    }

    private void Warn(HashSet<string> gaps, UsageBatchHeader header, long last)
    {
        if (gaps.Add(header.Journal))
        {
            LogGap(header.Journal, last + 1, header.First);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Of journal {Journal} the events {Expected} to before {First} did not come: what comes after them is left to its gateway, which sends again what is not acknowledged.")]
    private partial void LogGap(string journal, long expected, long first);

    [LoggerMessage(LogLevel.Warning, "Event {Id} of request {RequestId} came twice in one batch: counted once.")]
    private partial void LogDuplicate(UsageEventId id, string requestId);

    [LoggerMessage(LogLevel.Warning, "Event {Id} of request {RequestId} contradicts itself or the clock and was put right; it said: {Claimed}.")]
    private partial void LogPutRight(UsageEventId id, string requestId, UsageClaim claimed);
}
