using System.Runtime.InteropServices;
using Cost.Worker.Configuration;
using Cost.Worker.Ledger;
using ServiceDefaults.Usage;

namespace Cost.Worker.Traffic;

/// <summary>What is spent today and this month, by all that budgets are for, and how much it was in each hour of the last days; all in UTC, as the ledger books it.</summary>
internal sealed class SpendBook(TimeProvider time) : IUsageWatcher
{
    public const int HistoryHours = 14 * 24;

    private const int Minutes = 60;

    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly Lock _lock = new();
    private readonly PeriodSpend _month = new();
    private readonly PeriodSpend _day = new();
    private readonly Dictionary<string, HourlySpend> _tenants = new(StringComparer.Ordinal);
    private HourlySpend _all = new(Minutes, HistoryHours);
    private DateOnly _today;

    /// <summary>Whether what the ledger held at the start is in it.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether all of the last hour's minutes are after the start.</summary>
    public bool CoversAnHour => time.GetUtcNow() - _start >= TimeSpan.FromMinutes(Minutes);

    public async Task BeginAsync(IUsageLedger ledger, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _month.Clear();
            _day.Clear();
            _tenants.Clear();
            _all = new(Minutes, HistoryHours);
            _today = default;
            TurnPage();
        }

        var month = new DateTimeOffset(_today.Year, _today.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var history = new DateTimeOffset(_today.AddDays(-HistoryHours / 24).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var end = new DateTimeOffset(_today.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddDays(1);
        await ledger.ReadAsync(new UsagePeriod(month < history ? month : history, end), hourly: true, Take, cancellationToken);
        HasBegun = true;
    }

    public void Add(UsageEvent one)
    {
        if (one.CostNanoUsd is not { } cost)
        {
            return;
        }

        lock (_lock)
        {
            TurnPage();
            Book(DateOnly.FromDateTime(one.At.UtcDateTime), new Spender(one.Tenant, one.Alias, one.Key, one.User), new Nanos(cost));
            foreach (var series in SeriesOf(one.Tenant))
            {
                series.Add(one.At, new Nanos(cost));
            }
        }
    }

    /// <summary>What was spent in the current day or month by whom the budget is for.</summary>
    public decimal SpentUsd(BudgetOptions budget)
    {
        lock (_lock)
        {
            TurnPage();
            return (budget.Period == BudgetPeriod.Month ? _month : _day).Of(budget).Usd;
        }
    }

    /// <summary>The last hour against the hours before it, in total (null) and by tenant.</summary>
    public IReadOnlyList<SpendHours> Hours(int history)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            return [_all.Hours(null, now, history), .. _tenants.Select(pair => pair.Value.Hours(pair.Key, now, history))];
        }
    }

    private void Take(RollUpRow row)
    {
        lock (_lock)
        {
            var spent = new Nanos(row.Sums.CostNanoUsd);
            Book(row.Day, new Spender(row.Group.Tenant, row.Group.Alias, row.Group.Key, row.Group.User), spent);
            foreach (var series in SeriesOf(row.Group.Tenant))
            {
                series.AddHour(new DateTimeOffset(row.Day.ToDateTime(new TimeOnly(row.Hour!.Value, 0)), TimeSpan.Zero), spent);
            }
        }
    }

    private void Book(DateOnly day, in Spender spender, Nanos spent)
    {
        if (day.Year == _today.Year && day.Month == _today.Month)
        {
            _month.Add(spender, spent);
            if (day == _today)
            {
                _day.Add(spender, spent);
            }
        }
    }

    private HourlySpend[] SeriesOf(string? tenant)
    {
        if (tenant is null)
        {
            return [_all];
        }

        ref var series = ref CollectionsMarshal.GetValueRefOrAddDefault(_tenants, tenant, out _);
        return [_all, series ??= new HourlySpend(Minutes, HistoryHours)];
    }

    private void TurnPage()
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (today <= _today)
        {
            return;
        }

        _day.Clear();
        if (today.Month != _today.Month || today.Year != _today.Year)
        {
            _month.Clear();
        }

        _today = today;
    }
}
