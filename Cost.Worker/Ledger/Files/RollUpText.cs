using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using ServiceDefaults.Usage;

namespace Cost.Worker.Ledger.Files;

/// <summary>
/// A row of a roll-up file: <c>{"hour":8,"tenant":"acme",…,"status":"ok","requests":3,…}</c>; what is null, zero or false is left out. Written and read by
/// hand, because a month has many rows and its sums are wider than a JSON number of .NET.
/// </summary>
internal static class RollUpText
{
    private const int FirstSum = 10;

    // In the order in which they are written.
    private static readonly byte[][] Fields =
    [
        [.. "hour"u8], [.. "tenant"u8], [.. "key"u8], [.. "user"u8], [.. "alias"u8], [.. "model"u8], [.. "provider"u8], [.. "variant"u8], [.. "batch"u8], [.. "status"u8],
        [.. "requests"u8], [.. "input"u8], [.. "cached_input"u8], [.. "cache_write"u8], [.. "output"u8], [.. "cost_nano_usd"u8], [.. "unknown_cost"u8], [.. "estimated"u8],
        [.. "cache_saving_nano_usd"u8], [.. "tool_calls"u8], [.. "duration_us"u8], [.. "cache_hits"u8], [.. "avoided_calls"u8], [.. "avoided_cost_nano_usd"u8],
    ];

    public static void Write(Utf8JsonWriter json, in RollUpRow row)
    {
        json.WriteStartObject();
        if (row.Hour is { } hour)
        {
            json.WriteNumber("hour"u8, hour);
        }

        WriteText(json, "tenant"u8, row.Group.Tenant);
        WriteText(json, "key"u8, row.Group.Key);
        WriteText(json, "user"u8, row.Group.User);
        WriteText(json, "alias"u8, row.Group.Alias);
        WriteText(json, "model"u8, row.Group.Model);
        WriteText(json, "provider"u8, row.Group.Provider);
        WriteText(json, "variant"u8, row.Group.Variant);
        if (row.Group.Batch)
        {
            json.WriteBoolean("batch"u8, true);
        }

        json.WriteString("status"u8, StatusText.Of(row.Group.Status));
        WriteSum(json, "requests"u8, row.Sums.Requests);
        WriteSum(json, "input"u8, row.Sums.InputTokens);
        WriteSum(json, "cached_input"u8, row.Sums.CachedInputTokens);
        WriteSum(json, "cache_write"u8, row.Sums.CacheWriteTokens);
        WriteSum(json, "output"u8, row.Sums.OutputTokens);
        WriteSum(json, "cost_nano_usd"u8, row.Sums.CostNanoUsd);
        WriteSum(json, "unknown_cost"u8, row.Sums.UnknownCostRequests);
        WriteSum(json, "estimated"u8, row.Sums.EstimatedRequests);
        WriteSum(json, "cache_saving_nano_usd"u8, row.Sums.CacheSavingNanoUsd);
        WriteSum(json, "tool_calls"u8, row.Sums.ToolCalls);
        WriteSum(json, "duration_us"u8, row.Sums.DurationMicroseconds);
        WriteSum(json, "cache_hits"u8, row.Sums.CacheHits);
        WriteSum(json, "avoided_calls"u8, row.Sums.AvoidedCalls);
        WriteSum(json, "avoided_cost_nano_usd"u8, row.Sums.AvoidedCostNanoUsd);
        json.WriteEndObject();
    }

    /// <exception cref="JsonException">It is no such row.</exception>
    /// <exception cref="FormatException">A number is none.</exception>
    public static RollUpRow Read(ReadOnlySpan<byte> text, DateOnly day, NamePool names)
    {
        var json = new FlatJsonReader(text);
        // Values apart, since a row that is copied for each of them takes most of the time.
        int? hour = null;
        string? tenant = null, key = null, user = null, alias = null, model = null, provider = null, variant = null;
        var batch = false;
        UsageStatus status = default;
        Span<Int128> sums = stackalloc Int128[Fields.Length - FirstSum];
        sums.Clear();
        var field = -1;
        while (json.Read())
        {
            field = FieldAfter(field, json.Name);
            switch (field)
            {
                case 0: hour = (int)ReadSum(json.Value); break;
                case 1: tenant = names.Read(json.Value); break;
                case 2: key = names.Read(json.Value); break;
                case 3: user = names.Read(json.Value); break;
                case 4: alias = names.Read(json.Value); break;
                case 5: model = names.Read(json.Value); break;
                case 6: provider = names.Read(json.Value); break;
                case 7: variant = names.Read(json.Value); break;
                case 8: batch = json.Value.SequenceEqual("true"u8); break;
                case 9: status = ReadStatus(names.Read(json.Value)); break;
                default: sums[field - FirstSum] = ReadSum(json.Value); break;
            }
        }

        return new RollUpRow(
            day, hour, new UsageGroup(tenant, key, user, alias, model, provider, variant, batch, status),
            new UsageSums(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7], sums[8], sums[9], sums[10], sums[11], sums[12], sums[13]));
    }

    // They stand in the order in which they were written, so the next one is looked for behind the last.
    private static int FieldAfter(int last, ReadOnlySpan<byte> name)
    {
        for (var i = 1; i <= Fields.Length; i++)
        {
            var field = (last + i) % Fields.Length;
            if (name.SequenceEqual(Fields[field]))
            {
                return field;
            }
        }

        throw new JsonException("A roll-up has a field that is not known.");
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteSum(Utf8JsonWriter json, ReadOnlySpan<byte> name, Int128 value)
    {
        if (value == 0)
        {
            return;
        }

        json.WritePropertyName(name);
        Span<byte> digits = stackalloc byte[48];
        value.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        json.WriteRawValue(digits[..length]);
    }

    private static UsageStatus ReadStatus(string? text) =>
        StatusText.TryParse(text, out var status) ? status : throw new JsonException("A roll-up has a status that is not known.");

    private static Int128 ReadSum(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long value, out var length) && length == text.Length ? value
        : Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var wide) ? wide
        : throw new FormatException("A sum of a roll-up is no whole number that can be kept.");
}
