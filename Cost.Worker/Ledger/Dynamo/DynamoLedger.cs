using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using ServiceDefaults.Aws;
using ServiceDefaults.Usage;

namespace Cost.Worker.Ledger.Dynamo;

/// <summary>
/// The ledger in one DynamoDB table, without transactions. A record has its event's id as key: to put it again changes nothing. An item of sums says for each
/// journal up to which number it is in them, and takes only what comes after: a batch that was added in part is added to its end when it comes again, however it is
/// cut then. What a journal is kept up to is written last.
/// </summary>
internal sealed class DynamoLedger(DynamoTable table) : IUsageLedger
{
    private const int Parallel = 8;

    private readonly Dictionary<string, long> _kept = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> Kept => _kept;

    public Task OpenAsync(CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        await table.EnsureAsync(cancellationToken);
        _kept.Clear();
        await foreach (var item in table.QueryAsync(DynamoKeys.Kept, cancellationToken))
        {
            _kept[item[DynamoTable.Sort].S] = long.Parse(item["last"].N, CultureInfo.InvariantCulture);
        }

        return 0;
    });

    public Task AppendAsync(IReadOnlyList<LedgerBatch> batches, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        // Journal by journal, since sums know how far they go in each.
        foreach (var journal in batches.GroupBy(batch => batch.Journal))
        {
            var events = await BookAsync(journal.SelectMany(batch => batch.Events).OrderBy(booked => booked.Event.Id.Sequence), cancellationToken);
            await table.PutAllAsync(events.Select(RecordOf), cancellationToken);
            var sums = events.SelectMany(booked => KeysOf(booked.Event).Select(key => (Key: key, booked.Event))).GroupBy(pair => pair.Key, pair => pair.Event);
            await System.Threading.Tasks.Parallel.ForEachAsync(
                sums, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
                async (group, token) => await AddAsync(group.Key, journal.Key, [.. group], token));
            await KeepAsync(journal.Key, journal.Last().Last, cancellationToken);
        }

        return 0;
    });

    public Task FlushAsync(bool onlyWhereDue, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<LedgerNotes> ReadAsync(UsagePeriod period, bool hourly, Action<RollUpRow> take, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var first = DateOnly.FromDateTime(period.From.UtcDateTime);
        var last = DateOnly.FromDateTime(period.To.UtcDateTime.AddTicks(-1));
        for (var day = first; day <= last; day = hourly ? day.AddDays(1) : new DateOnly(day.Year, day.Month, 1).AddMonths(1))
        {
            await foreach (var item in table.QueryAsync(hourly ? DynamoKeys.Hours(day) : DynamoKeys.Days(day), cancellationToken))
            {
                var number = int.Parse(item[DynamoTable.Sort].S.AsSpan(0, 2), CultureInfo.InvariantCulture);
                var row = new RollUpRow(hourly ? day : new DateOnly(day.Year, day.Month, number), hourly ? number : null, SumItem.GroupOf(item), SumItem.SumsOf(item));
                if (hourly ? period.Contains(row.Day, number) : period.Touches(row.Day))
                {
                    take(row);
                }
            }
        }

        return LedgerNotes.None;
    });

    public Task ReadEventsAsync(DateOnly day, Action<UsageEvent> take, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        for (var shard = 0; shard < DynamoKeys.Shards; shard++)
        {
            await foreach (var item in table.QueryAsync(DynamoKeys.Records(day, shard), cancellationToken))
            {
                take(JsonSerializer.Deserialize(item["event"].S, UsageJson.Default.UsageEvent)!);
            }
        }

        return 0;
    });

    // The records say which sums there must be; sums that no record belongs to are removed.
    public Task<int> RebuildAsync(UsagePeriod? period, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        if (period is not { } wanted)
        {
            throw new InvalidDataException("In DynamoDB sums are worked out anew for one month at a time: name it with --month.");
        }

        var days = 0;
        for (var day = DateOnly.FromDateTime(wanted.From.UtcDateTime); wanted.Touches(day); day = day.AddDays(1))
        {
            days += await RebuildAsync(day, cancellationToken) ? 1 : 0;
        }

        return days;
    });

    public ValueTask DisposeAsync()
    {
        table.Dispose();
        return ValueTask.CompletedTask;
    }

    private static IEnumerable<SumKey> KeysOf(UsageEvent one)
    {
        var at = one.At.UtcDateTime;
        var (day, group) = (DateOnly.FromDateTime(at), UsageGroup.Of(one));
        return [new SumKey(day, at.Hour, group), new SumKey(day, null, group)];
    }

    private static Dictionary<string, AttributeValue> RecordOf(BookedEvent booked)
    {
        var one = booked.Event;
        var item = new Dictionary<string, AttributeValue>
        {
            [DynamoTable.Partition] = new(DynamoKeys.Records(DateOnly.FromDateTime(one.At.UtcDateTime), one.Id.Sequence % DynamoKeys.Shards)),
            [DynamoTable.Sort] = new(DynamoKeys.Record(one.Id)),
            ["event"] = new(JsonSerializer.Serialize(one, UsageJson.Default.UsageEvent)),
        };
        if (booked.Claimed is { } claimed)
        {
            item["claimed"] = new(JsonSerializer.Serialize(claimed, LedgerJson.Default.UsageClaim));
        }

        return item;
    }

    // An event with a wrong clock is booked under the time at which it came first, also when it comes again later.
    private async Task<List<BookedEvent>> BookAsync(IEnumerable<BookedEvent> events, CancellationToken cancellationToken)
    {
        var booked = new List<BookedEvent>();
        foreach (var one in events)
        {
            booked.Add(one.Claimed?.At is null ? one : one with { Event = one.Event with { At = await FirstTimeAsync(one.Event, cancellationToken) } });
        }

        return booked;
    }

    private async Task<DateTimeOffset> FirstTimeAsync(UsageEvent one, CancellationToken cancellationToken)
    {
        var (partition, sort) = (DynamoKeys.Booked(one.Id.Journal), DynamoKeys.Number(one.Id.Sequence));
        var item = new Dictionary<string, AttributeValue>
        {
            [DynamoTable.Partition] = new(partition), [DynamoTable.Sort] = new(sort), ["at"] = new(one.At.ToString("O", CultureInfo.InvariantCulture)),
        };
        if (await table.TryAddAsync(item, cancellationToken))
        {
            return one.At;
        }

        var first = await table.GetAsync(partition, sort, cancellationToken);
        return DateTimeOffset.Parse(first["at"].S, CultureInfo.InvariantCulture);
    }

    private async Task AddAsync(SumKey key, string journal, List<UsageEvent> events, CancellationToken cancellationToken)
    {
        while (events.Count > 0)
        {
            if (await table.TryUpdateAsync(UpdateOf(key, journal, events), cancellationToken))
            {
                return;
            }

            // Part of them is in it.
            var item = await table.GetAsync(key.Partition, key.Sort, cancellationToken);
            var last = long.Parse(item[SumItem.Watermark + journal].N, CultureInfo.InvariantCulture);
            events = [.. events.Where(one => one.Id.Sequence > last)];
        }
    }

    private static UpdateItemRequest UpdateOf(SumKey key, string journal, List<UsageEvent> events)
    {
        var sums = events.Aggregate(default(UsageSums), (sum, one) => sum + UsageSums.Of(one));
        var names = new Dictionary<string, string> { ["#wm"] = SumItem.Watermark + journal };
        var values = new Dictionary<string, AttributeValue>
        {
            [":first"] = SumItem.Number(events[0].Id.Sequence), [":last"] = SumItem.Number(events[^1].Id.Sequence),
        };
        var set = new StringBuilder("SET #wm = :last");
        var add = new StringBuilder(" ADD ");
        foreach (var (name, value) in SumItem.Names(key.Group))
        {
            (names["#" + name], values[":" + name]) = (name, new(value));
            set.Append(CultureInfo.InvariantCulture, $", #{name} = :{name}");
        }

        foreach (var (name, of) in SumItem.Sums)
        {
            (names["#" + name], values[":" + name]) = (name, SumItem.Number(of(sums)));
            add.Append(CultureInfo.InvariantCulture, $"{(add.Length > 5 ? ", " : "")}#{name} :{name}");
        }

        return new UpdateItemRequest
        {
            Key = new() { [DynamoTable.Partition] = new(key.Partition), [DynamoTable.Sort] = new(key.Sort) },
            UpdateExpression = set.ToString() + add,
            ConditionExpression = "attribute_not_exists(#wm) OR #wm < :first",
            ExpressionAttributeNames = names,
            ExpressionAttributeValues = values,
        };
    }

    private async Task KeepAsync(string journal, long last, CancellationToken cancellationToken)
    {
        await table.TryUpdateAsync(
            new UpdateItemRequest
            {
                Key = new() { [DynamoTable.Partition] = new(DynamoKeys.Kept), [DynamoTable.Sort] = new(journal) },
                UpdateExpression = "SET #last = :last",
                ConditionExpression = "attribute_not_exists(#last) OR #last < :last",
                ExpressionAttributeNames = new() { ["#last"] = "last" },
                ExpressionAttributeValues = new() { [":last"] = SumItem.Number(last) },
            },
            cancellationToken);
        _kept[journal] = last;
    }

    private async Task<bool> RebuildAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var events = new List<UsageEvent>();
        await ReadEventsAsync(day, events.Add, cancellationToken);
        await RemoveSumsAsync(DynamoKeys.Hours(day), "", cancellationToken);
        await RemoveSumsAsync(DynamoKeys.Days(day), day.Day.ToString("00", CultureInfo.InvariantCulture), cancellationToken);
        foreach (var group in events.SelectMany(one => KeysOf(one).Select(key => (Key: (key, one.Id.Journal), Event: one))).GroupBy(pair => pair.Key, pair => pair.Event))
        {
            await AddAsync(group.Key.key, group.Key.Journal, [.. group.OrderBy(one => one.Id.Sequence)], cancellationToken);
        }

        return events.Count > 0;
    }

    private async Task RemoveSumsAsync(string partition, string sortPrefix, CancellationToken cancellationToken)
    {
        await foreach (var item in table.QueryAsync(partition, cancellationToken))
        {
            if (item[DynamoTable.Sort].S.StartsWith(sortPrefix, StringComparison.Ordinal))
            {
                await table.DeleteAsync(partition, item[DynamoTable.Sort].S, cancellationToken);
            }
        }
    }

    private static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure) when (DynamoTable.IsUnavailable(failure))
        {
            throw new LedgerUnavailableException(failure.Message, failure);
        }
    }
}
