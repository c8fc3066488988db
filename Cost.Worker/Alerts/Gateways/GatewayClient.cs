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

    private const int MostPages = 100;

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

    /// <summary>Its budgets, by a name for each: of the tenants, of the first 10,000 keys, and those of tiers where they are wanted.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or refuses.</exception>
    /// <exception cref="JsonException">The answer is no such thing.</exception>
    public async Task<IReadOnlyDictionary<string, BudgetOptions>> BudgetsAsync(bool withTiers, CancellationToken cancellationToken)
    {
        // {"version":3,…,"gateway":{…,"Tenants":{"acme":{"MonthlyBudgetUsd":500}}}}
        var shown = await _http.GetFromJsonAsync("admin/config", GatewayJson.Default.ShownConfiguration, cancellationToken);
        return GatewayBudgets.Of(shown?.Gateway, await KeysAsync(cancellationToken), withTiers);
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

    private async Task<IReadOnlyList<KeyList.Entry>> KeysAsync(CancellationToken cancellationToken)
    {
        var keys = new List<KeyList.Entry>();
        var after = "";
        for (var page = 0; page < MostPages; page++)
        {
            // {"object":"list","data":[{"id":"key_…","tenant":"acme","budget":{"usd":5,"period":"month"},"status":"active",…}],"has_more":true,"last_id":"key_…"}
            var list = await _http.GetFromJsonAsync($"admin/keys?limit=100{after}", GatewayJson.Default.KeyList, cancellationToken);
            keys.AddRange(list?.Data ?? []);
            if (list is not { HasMore: true, LastId: { } last })
            {
                break;
            }

            after = $"&after={Uri.EscapeDataString(last)}";
        }

        return keys;
    }

    // After the labels come a value and, perhaps, a time.
    private static string ValueIn(string line) => line[Math.Max(line.LastIndexOf('}') + 1, UndeliveredMetric.Length)..].Trim().Split(' ')[0];
}
