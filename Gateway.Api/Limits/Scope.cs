using System.Text;
using Gateway.Api.Access;
using Gateway.Api.Configuration;
using Gateway.Api.Prices;

namespace Gateway.Api.Limits;

/// <summary>Somebody or something that is limited: a key, a user, a tenant, a model. A limit of 0 is none.</summary>
internal sealed record Scope(string Name, string Title)
{
    private const int LongestName = 200;

    /// <summary>What its state is kept under; unique within its group.</summary>
    public ReadOnlyMemory<byte> Id { get; } = IdOf(Name);

    public long RequestsPerMinute { get; init; }

    public long RequestsPerDay { get; init; }

    public long TokensPerMinute { get; init; }

    public long Concurrent { get; init; }

    public long DailyNanoUsd { get; init; }

    public long MonthlyNanoUsd { get; init; }

    public bool HasBudget => DailyNanoUsd > 0 || MonthlyNanoUsd > 0;

    public bool IsLimited => RequestsPerMinute > 0 || RequestsPerDay > 0 || TokensPerMinute > 0 || Concurrent > 0 || HasBudget;

    public Scope With(UsageLimits limits) => this with
    {
        RequestsPerMinute = limits.RequestsPerMinute ?? 0,
        RequestsPerDay = limits.RequestsPerDay ?? 0,
        TokensPerMinute = limits.TokensPerMinute ?? 0,
        Concurrent = limits.ConcurrentRequests ?? 0,
        DailyNanoUsd = NanoUsd.Of(limits.DailyBudgetUsd),
        MonthlyNanoUsd = NanoUsd.Of(limits.MonthlyBudgetUsd),
    };

    /// <summary>What a key states takes the place of what is here.</summary>
    public Scope With(KeyLimits? limits, KeyBudget? budget) => this with
    {
        RequestsPerMinute = limits?.RequestsPerMinute ?? RequestsPerMinute,
        RequestsPerDay = limits?.RequestsPerDay ?? RequestsPerDay,
        TokensPerMinute = limits?.TokensPerMinute ?? TokensPerMinute,
        Concurrent = limits?.ConcurrentRequests ?? Concurrent,
        DailyNanoUsd = budget is { Period: "day" } day ? NanoUsd.Of(day.Usd) : DailyNanoUsd,
        MonthlyNanoUsd = budget is { Period: "month" } month ? NanoUsd.Of(month.Usd) : MonthlyNanoUsd,
    };

    /// <summary>Leaves out what a key states for itself.</summary>
    public Scope Without(KeyLimits? limits, KeyBudget? budget) => this with
    {
        RequestsPerMinute = limits?.RequestsPerMinute is null ? RequestsPerMinute : 0,
        RequestsPerDay = limits?.RequestsPerDay is null ? RequestsPerDay : 0,
        TokensPerMinute = limits?.TokensPerMinute is null ? TokensPerMinute : 0,
        Concurrent = limits?.ConcurrentRequests is null ? Concurrent : 0,
        DailyNanoUsd = budget is { Period: "day" } ? 0 : DailyNanoUsd,
        MonthlyNanoUsd = budget is { Period: "month" } ? 0 : MonthlyNanoUsd,
    };

    public long LimitOf(LimitKind kind) => kind switch
    {
        LimitKind.RequestsPerMinute => RequestsPerMinute,
        LimitKind.RequestsPerDay => RequestsPerDay,
        LimitKind.TokensPerMinute => TokensPerMinute,
        LimitKind.ConcurrentRequests => Concurrent,
        LimitKind.DailyBudget => DailyNanoUsd,
        LimitKind.MonthlyBudget => MonthlyNanoUsd,
        _ => 0,
    };

    // Its length has to fit into a byte.
    private static byte[] IdOf(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        return bytes.Length <= LongestName ? bytes : Encoding.ASCII.GetBytes($"#{KeyHash.Of(name)}");
    }
}
