using Cost.Worker.Ledger;
using ServiceDefaults.Usage;

namespace Gateway.Tests.Ledger;

/// <summary>Usage made up for tests.</summary>
internal static class Events
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static UsageEvent One(string journal, long sequence, DateTimeOffset? at = null) => new()
    {
        Id = new UsageEventId(journal, sequence),
        RequestId = $"req_{sequence}",
        At = at ?? Noon,
        Operation = "chat",
        Tenant = sequence % 2 == 0 ? "acme" : "globex",
        Key = $"key_{sequence % 3}",
        Alias = "phi-3-mini",
        Provider = "local",
        Model = "microsoft/Phi-3-mini-4k-instruct",
        Batch = sequence % 4 == 1,
        Status = sequence % 10 == 0 ? UsageStatus.Cancelled : UsageStatus.Ok,
        HttpStatus = 200,
        Tokens = new UsageTokens(100 + sequence, sequence % 7, sequence % 5, 10),
        TokenSource = sequence % 10 == 0 ? TokenSource.Estimated : TokenSource.Reported,
        CostNanoUsd = sequence % 4 == 0 ? null : 1_000 + sequence,
        CacheSavingNanoUsd = sequence % 3,
        AvoidedBy = sequence % 10 == 5 ? AvoidedBy.Cache : sequence % 10 == 6 ? AvoidedBy.SingleFlight : AvoidedBy.None,
        AvoidedCostNanoUsd = sequence % 10 == 5 ? 7 : null,
        DurationMicroseconds = 1_500,
        Attempts = 1,
    };

    public static List<UsageEvent> Many(string journal, long first, long last, DateTimeOffset? at = null) =>
        [.. Numbers(first, last).Select(number => One(journal, number, at))];

    public static LedgerBatch Batch(string journal, long first, long last, DateTimeOffset? at = null) =>
        new(journal, first, last, [.. Many(journal, first, last, at).Select(one => new BookedEvent(one))]);

    public static UsageSums Sum(IEnumerable<UsageEvent> events) => events.Aggregate(default(UsageSums), (sum, one) => sum + UsageSums.Of(one));

    private static IEnumerable<long> Numbers(long first, long last)
    {
        for (var number = first; number <= last; number++)
        {
            yield return number;
        }
    }
}
