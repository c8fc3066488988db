using Cost.Worker.Ledger;
using ServiceDefaults.Usage;

namespace Gateway.Benchmarks.Ledger;

/// <summary>Usage as a busy gateway has it: 40 tenants with 25 keys each, 6 models, a month long.</summary>
internal static class SampleUsage
{
    private const int Tenants = 40;
    private const int Keys = 25;

    private static readonly string[] Models = ["gpt-4o", "gpt-4o-mini", "phi-3-mini", "claude-3-haiku", "claude-3-sonnet", "text-embedding-3-small"];

    public static UsageEvent One(string journal, long sequence, DateTimeOffset at)
    {
        var mixed = (int)((ulong)(sequence * 2_654_435_761L) % 1_000_003);
        var tenant = mixed % Tenants;
        var model = Models[mixed % Models.Length];
        return new UsageEvent
        {
            Id = new UsageEventId(journal, sequence),
            RequestId = $"req_{sequence:x16}",
            At = at,
            Operation = "chat",
            Tenant = $"tenant-{tenant}",
            Key = $"key_{tenant}_{mixed / Tenants % Keys}",
            User = $"user-{tenant}-{mixed / Tenants % Keys}",
            Alias = model,
            Provider = "openai",
            Model = model,
            Status = mixed % 50 == 0 ? UsageStatus.Failed : UsageStatus.Ok,
            HttpStatus = 200,
            Streamed = true,
            Tokens = new UsageTokens(200 + (mixed % 4_000), mixed % 300, 0, 50 + (mixed % 700)),
            TokenSource = TokenSource.Reported,
            CostNanoUsd = 10_000 + mixed,
            Price = $"openai/{model}@2026-01-01",
            DurationMicroseconds = 900_000 + mixed,
            FirstTokenMicroseconds = 200_000,
            Attempts = 1,
        };
    }

    public static LedgerBatch Batch(string journal, long first, long last, Func<long, DateTimeOffset> at)
    {
        var events = new List<BookedEvent>((int)(last - first + 1));
        for (var number = first; number <= last; number++)
        {
            events.Add(new BookedEvent(One(journal, number, at(number))));
        }

        return new LedgerBatch(journal, first, last, events);
    }
}
