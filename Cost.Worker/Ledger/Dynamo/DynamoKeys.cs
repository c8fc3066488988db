using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Cost.Worker.Ledger.Files;
using ServiceDefaults.Usage;

namespace Cost.Worker.Ledger.Dynamo;

/// <summary>
/// The items of the table. <c>pk</c> and <c>sk</c> of each kind: a record <c>record#2026-11-21#5</c>, <c>j#000…042</c> (its number's remainder spreads a day
/// over partitions); the sums of an hour <c>hours#2026-11-21</c>, <c>08#hash of the group</c>, and of a day <c>days#2026-11</c>, <c>21#hash</c>; how far a journal is kept
/// <c>kept</c>, <c>j</c>; when an event with a wrong clock came first <c>booked#j</c>, its number.
/// </summary>
internal static class DynamoKeys
{
    public const string Kept = "kept";
    public const int Shards = 16;

    public static string Records(DateOnly day, long shard) => string.Create(CultureInfo.InvariantCulture, $"record#{LedgerPaths.NameOf(day)}#{shard}");

    public static string Record(UsageEventId id) => $"{id.Journal}#{Number(id.Sequence)}";

    public static string Hours(DateOnly day) => $"hours#{LedgerPaths.NameOf(day)}";

    public static string Days(DateOnly day) => $"days#{day.ToString("yyyy-MM", CultureInfo.InvariantCulture)}";

    public static string Booked(string journal) => $"booked#{journal}";

    public static string Number(long sequence) => sequence.ToString("D19", CultureInfo.InvariantCulture);

    public static string GroupIn(int hourOrDay, in UsageGroup group)
    {
        string?[] names = [group.Tenant, group.Key, group.User, group.Alias, group.Model, group.Provider, group.Variant, StatusText.Of(group.Status)];

        // Last and only where it is one: the sums of all else go on under the keys that they had before there were batches.
        names = group.Batch ? [.. names, SumItem.Batch] : names;
        var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(names, LedgerJson.Default.StringArray));
        return string.Create(CultureInfo.InvariantCulture, $"{hourOrDay:00}#{Convert.ToHexStringLower(hash.AsSpan(0, 16))}");
    }
}
