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
    public static RollUpRow Read(ReadOnlySpan<byte> text, DateOnly day, NamePool names)
    {
        var json = new Utf8JsonReader(text);
        // Values apart, since a row that is copied for each of them takes most of the time.
        int? hour = null;
        string? tenant = null, key = null, user = null, alias = null, model = null, provider = null, variant = null;
        var batch = false;
        UsageStatus status = default;
        Int128 requests = 0, input = 0, cachedInput = 0, cacheWrite = 0, output = 0, cost = 0, unknownCost = 0, estimated = 0, cacheSaving = 0, toolCalls = 0, duration = 0, cacheHits = 0, avoidedCalls = 0, avoidedCost = 0;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.ValueSpan;
            json.Read();
            switch (name)
            {
                case var _ when name.SequenceEqual("hour"u8): hour = json.GetInt32(); break;
                case var _ when name.SequenceEqual("tenant"u8): tenant = names.Read(json); break;
                case var _ when name.SequenceEqual("key"u8): key = names.Read(json); break;
                case var _ when name.SequenceEqual("user"u8): user = names.Read(json); break;
                case var _ when name.SequenceEqual("alias"u8): alias = names.Read(json); break;
                case var _ when name.SequenceEqual("model"u8): model = names.Read(json); break;
                case var _ when name.SequenceEqual("provider"u8): provider = names.Read(json); break;
                case var _ when name.SequenceEqual("variant"u8): variant = names.Read(json); break;
                case var _ when name.SequenceEqual("batch"u8): batch = json.GetBoolean(); break;
                case var _ when name.SequenceEqual("status"u8): status = ReadStatus(names.Read(json)); break;
                case var _ when name.SequenceEqual("requests"u8): requests = ReadSum(json); break;
                case var _ when name.SequenceEqual("input"u8): input = ReadSum(json); break;
                case var _ when name.SequenceEqual("cached_input"u8): cachedInput = ReadSum(json); break;
                case var _ when name.SequenceEqual("cache_write"u8): cacheWrite = ReadSum(json); break;
                case var _ when name.SequenceEqual("output"u8): output = ReadSum(json); break;
                case var _ when name.SequenceEqual("cost_nano_usd"u8): cost = ReadSum(json); break;
                case var _ when name.SequenceEqual("unknown_cost"u8): unknownCost = ReadSum(json); break;
                case var _ when name.SequenceEqual("estimated"u8): estimated = ReadSum(json); break;
                case var _ when name.SequenceEqual("cache_saving_nano_usd"u8): cacheSaving = ReadSum(json); break;
                case var _ when name.SequenceEqual("tool_calls"u8): toolCalls = ReadSum(json); break;
                case var _ when name.SequenceEqual("duration_us"u8): duration = ReadSum(json); break;
                case var _ when name.SequenceEqual("cache_hits"u8): cacheHits = ReadSum(json); break;
                case var _ when name.SequenceEqual("avoided_calls"u8): avoidedCalls = ReadSum(json); break;
                case var _ when name.SequenceEqual("avoided_cost_nano_usd"u8): avoidedCost = ReadSum(json); break;
                default: throw new JsonException("A roll-up has a field that is not known.");
            }
        }

        return new RollUpRow(
            day, hour, new UsageGroup(tenant, key, user, alias, model, provider, variant, batch, status),
            new UsageSums(requests, input, cachedInput, cacheWrite, output, cost, unknownCost, estimated, cacheSaving, toolCalls, duration, cacheHits, avoidedCalls, avoidedCost));
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

    private static Int128 ReadSum(in Utf8JsonReader json) =>
        json.TryGetInt64(out var value) ? value : Int128.Parse(json.ValueSpan, CultureInfo.InvariantCulture);
}
