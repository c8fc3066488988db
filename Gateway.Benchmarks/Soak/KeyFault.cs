using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Soak;

/// <summary>Makes a key at one gateway, uses it at both, and revokes it: both are to take it, and then to refuse it.</summary>
internal sealed class KeyFault(IReadOnlyList<Uri> gateways)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private readonly List<string> _faults = [];

    /// <summary>How often it was done.</summary>
    public int Count { get; private set; }

    public IReadOnlyList<string> Faults => _faults;

    public async Task RunAsync()
    {
        Count++;
        using var admin = Open(gateways[0], GatewayProcess.AdminKey);
        using var made = await admin.PostAsJsonAsync("/admin/keys", new { name = string.Create(CultureInfo.InvariantCulture, $"soak {Count}") });
        var key = await made.Content.ReadFromJsonAsync<JsonObject>();
        if (!made.IsSuccessStatusCode)
        {
            _faults.Add($"key {Count} was not made: {key}");
            return;
        }

        await UntilAsync((string)key!["key"]!, HttpStatusCode.OK);
        using var revoked = await admin.DeleteAsync($"/admin/keys/{(string)key["id"]!}");
        await UntilAsync((string)key["key"]!, HttpStatusCode.Unauthorized);
    }

    private async Task UntilAsync(string key, HttpStatusCode expected)
    {
        foreach (var gateway in gateways)
        {
            using var http = Open(gateway, key);
            using var tick = new PeriodicTimer(Tick);
            var begun = TimeProvider.System.GetTimestamp();
            HttpStatusCode status;
            do
            {
                using var response = await http.GetAsync("/v1/models");
                status = response.StatusCode;
            }
            while (status != expected && TimeProvider.System.GetElapsedTime(begun) < Patience && await tick.WaitForNextTickAsync());

            if (status != expected)
            {
                _faults.Add($"{gateway.Authority} answered key {Count} with {(int)status} and not {(int)expected}, {Patience.TotalSeconds} s on");
            }
        }
    }

    private static HttpClient Open(Uri gateway, string key) => new() { BaseAddress = gateway, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
}
