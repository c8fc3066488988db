using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Api.Metering;

namespace Gateway.Api.Limits.Shared;

/// <summary>What the ledger has of the running day and month, in nano-dollars.</summary>
/// <param name="At">When it was asked.</param>
internal sealed record LedgerSpend(DateTimeOffset At)
{
    private const string By = "tenant,key,alias";
    private const decimal NanoUsd = 1_000_000_000m;

    private readonly Dictionary<(string Kind, string Owner), (long Today, long ThisMonth)> _spent = [];

    /// <summary>Null where the worker has no answer at present.</summary>
    /// <exception cref="HttpRequestException">It cannot be reached.</exception>
    /// <exception cref="System.Text.Json.JsonException">It answers with something else.</exception>
    public static async Task<LedgerSpend?> ReadAsync(CostWorkerClient worker, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ledger = new LedgerSpend(now);
        var today = now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return await ledger.AddAsync(worker, $"{today[..^2]}01", today, isMonth: true, cancellationToken) && await ledger.AddAsync(worker, today, today, isMonth: false, cancellationToken)
            ? ledger
            : null;
    }

    /// <param name="holders">Of one budget, which of a user are several.</param>
    public (long Today, long ThisMonth) Of(IEnumerable<BudgetHolder> holders)
    {
        var sum = (Today: 0L, ThisMonth: 0L);
        foreach (var source in holders.Select(holder => holder.Key is { } key ? (Budget.OfKey, key) : (holder.Kind, holder.Owner)).Distinct())
        {
            var (ofToday, ofThisMonth) = _spent.GetValueOrDefault(source);
            sum = (sum.Today + ofToday, sum.ThisMonth + ofThisMonth);
        }

        return sum;
    }

    // {"data":[{"tenant":"acme","key":"key_…","alias":"phi-3-mini",…,"cost_usd":"0.000123456"}]}
    private async Task<bool> AddAsync(CostWorkerClient worker, string from, string to, bool isMonth, CancellationToken cancellationToken)
    {
        using var answer = await worker.GetAsync($"usage?from={from}&to={to}&by={By}", cancellationToken);
        if (!answer.IsSuccessStatusCode || JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))?["data"] is not JsonArray rows)
        {
            return false;
        }

        foreach (var row in rows)
        {
            var cost = (long)(decimal.Parse((string?)row!["cost_usd"] ?? "0", CultureInfo.InvariantCulture) * NanoUsd);
            Add(Budget.OfTenant, (string?)row["tenant"], cost, isMonth);
            Add(Budget.OfKey, (string?)row["key"], cost, isMonth);
            Add(Budget.OfModel, (string?)row["alias"], cost, isMonth);
        }

        return true;
    }

    private void Add(string kind, string? owner, long nanoUsd, bool isMonth)
    {
        if (owner is not null)
        {
            var (today, thisMonth) = _spent.GetValueOrDefault((kind, owner));
            _spent[(kind, owner)] = isMonth ? (today, thisMonth + nanoUsd) : (today + nanoUsd, thisMonth);
        }
    }
}
