using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Cost.Worker.Configuration;
using ServiceDefaults.Access;

namespace Cost.Worker.Alerts.Gateways;

/// <summary>Asks the gateway's admin API, with the admin key that both have.</summary>
internal sealed class GatewayClient : IDisposable
{
    private const string UndeliveredMetric = "gateway_usage_journal_undelivered";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly HttpClient _http;

    public GatewayClient(Uri address, IConfiguration configuration)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = address, Timeout = Patience };
        _http.DefaultRequestHeaders.Authorization = AdminKey.Find(configuration) is { } key ? new AuthenticationHeaderValue("Bearer", key) : null;
    }

    /// <summary>The targets of every alias, with attempts and failures since the gateway started.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or refuses.</exception>
    /// <exception cref="JsonException">The answer is no such list.</exception>
    public async Task<IReadOnlyList<TargetCounts>> TargetsAsync(CancellationToken cancellationToken)
    {
        var list = await _http.GetFromJsonAsync("admin/providers", GatewayJson.Default.TargetList, cancellationToken);
        return list?.Data ?? [];
    }

    /// <summary>The budgets of its tenants, by a name for each.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or refuses.</exception>
    /// <exception cref="JsonException">The answer is no configuration.</exception>
    public async Task<IReadOnlyDictionary<string, BudgetOptions>> TenantBudgetsAsync(CancellationToken cancellationToken)
    {
        // {"version":3,…,"gateway":{…,"Tenants":{"acme":{"MonthlyBudgetUsd":500}}}}
        var shown = await _http.GetFromJsonAsync("admin/config", GatewayJson.Default.ShownConfiguration, cancellationToken);
        var budgets = new Dictionary<string, BudgetOptions>(StringComparer.Ordinal);
        foreach (var (tenant, limits) in shown?.Gateway?.Tenants ?? new Dictionary<string, ShownConfiguration.Limits>())
        {
            Add(budgets, tenant, BudgetPeriod.Day, limits.DailyBudgetUsd);
            Add(budgets, tenant, BudgetPeriod.Month, limits.MonthlyBudgetUsd);
        }

        return budgets;
    }

    /// <summary>How many usage events wait in its journal; null where it serves no metrics.</summary>
    /// <exception cref="HttpRequestException">It does not answer.</exception>
    public async Task<long?> JournalEventsAsync(CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync("metrics", cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            return null;
        }

        // gateway_usage_journal_undelivered{instance="…"} 42
        double? sum = null;
        foreach (var line in (await response.Content.ReadAsStringAsync(cancellationToken)).Split('\n'))
        {
            if (line.StartsWith(UndeliveredMetric, StringComparison.Ordinal) && line.Length > UndeliveredMetric.Length && line[UndeliveredMetric.Length] is ' ' or '{'
                && double.TryParse(ValueIn(line), CultureInfo.InvariantCulture, out var value))
            {
                sum = (sum ?? 0) + value;
            }
        }

        return (long?)sum;
    }

    public void Dispose() => _http.Dispose();

    // After the labels come a value and, perhaps, a time.
    private static string ValueIn(string line) => line[Math.Max(line.LastIndexOf('}') + 1, UndeliveredMetric.Length)..].Trim().Split(' ')[0];

    private static void Add(Dictionary<string, BudgetOptions> budgets, string tenant, BudgetPeriod period, decimal? usd)
    {
        if (usd is { } limit)
        {
            budgets[$"tenant {tenant}, {(period == BudgetPeriod.Day ? "day" : "month")}"] = new BudgetOptions { Tenant = tenant, Usd = limit, Period = period };
        }
    }
}
