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
    public static RollUpRow Read(ReadOnlySpan<byte> text, DateOnly day)
    {
        var json = new Utf8JsonReader(text);
        int? hour = null;
        UsageGroup group = default;
        UsageSums sums = default;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.ValueSpan;
            json.Read();
            switch (name)
            {
                case var _ when name.SequenceEqual("hour"u8): hour = json.GetInt32(); break;
                case var _ when name.SequenceEqual("tenant"u8): group = group with { Tenant = json.GetString() }; break;
                case var _ when name.SequenceEqual("key"u8): group = group with { Key = json.GetString() }; break;
                case var _ when name.SequenceEqual("user"u8): group = group with { User = json.GetString() }; break;
                case var _ when name.SequenceEqual("alias"u8): group = group with { Alias = json.GetString() }; break;
                case var _ when name.SequenceEqual("model"u8): group = group with { Model = json.GetString() }; break;
                case var _ when name.SequenceEqual("provider"u8): group = group with { Provider = json.GetString() }; break;
                case var _ when name.SequenceEqual("variant"u8): group = group with { Variant = json.GetString() }; break;
                case var _ when name.SequenceEqual("batch"u8): group = group with { Batch = json.GetBoolean() }; break;
                case var _ when name.SequenceEqual("status"u8): group = group with { Status = ReadStatus(json) }; break;
                case var _ when name.SequenceEqual("requests"u8): sums = sums with { Requests = ReadSum(json) }; break;
                case var _ when name.SequenceEqual("input"u8): sums = sums with { InputTokens = ReadSum(json) }; break;
                case var _ when name.SequenceEqual("cached_input"u8): sums = sums with { CachedInputTokens = ReadSum(json) }; break;
                case var _ when name.SequenceEqual("cache_write"u8): sums = sums with { CacheWriteTokens = ReadSum(json) }; break;
                case var _ when name.SequenceEqual("output"u8): sums = sums with { OutputTokens = ReadSum(json) }; break;
                case var _ when name.SequenceEqual("cost_nano_usd"u8): sums = sums with { CostNanoUsd = ReadSum(json) }; break;
                case var _ when name.SequenceEqual("unknown_cost"u8): sums = sums with { UnknownCostRequests = ReadSum(json) }; break;
                case var _ when name.SequenceEqual("estimated"u8): sums = sums with { EstimatedRequests = ReadSum(json) }; break;
                case var _ when name.SequenceEqual("cache_saving_nano_usd"u8): sums = sums with { CacheSavingNanoUsd = ReadSum(json) }; break;
                case var _ when name.SequenceEqual("tool_calls"u8): sums = sums with { ToolCalls = ReadSum(json) }; break;
                case var _ when name.SequenceEqual("duration_us"u8): sums = sums with { DurationMicroseconds = ReadSum(json) }; break;
                case var _ when name.SequenceEqual("cache_hits"u8): sums = sums with { CacheHits = ReadSum(json) }; break;
                case var _ when name.SequenceEqual("avoided_calls"u8): sums = sums with { AvoidedCalls = ReadSum(json) }; break;
                case var _ when name.SequenceEqual("avoided_cost_nano_usd"u8): sums = sums with { AvoidedCostNanoUsd = ReadSum(json) }; break;
                default: throw new JsonException("A roll-up has a field that is not known.");
            }
        }

        return new RollUpRow(day, hour, group, sums);
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

    private static UsageStatus ReadStatus(in Utf8JsonReader json) =>
        StatusText.TryParse(json.GetString(), out var status) ? status : throw new JsonException("A roll-up has a status that is not known.");

    private static Int128 ReadSum(in Utf8JsonReader json) =>
        json.TryGetInt64(out var value) ? value : Int128.Parse(json.ValueSpan, CultureInfo.InvariantCulture);
}
