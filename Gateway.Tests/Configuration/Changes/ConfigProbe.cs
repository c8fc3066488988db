using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Xunit;

namespace Gateway.Tests.Configuration.Changes;

/// <summary>Changes the configuration of a gateway as an administrator does, and looks at it.</summary>
internal static class ConfigProbe
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>One more alias, served by the provider.</summary>
    public static string Alias(string alias, string provider = "local") => $$$"""{"Models":{"{{{alias}}}":{"Targets":[{"Provider":"{{{provider}}}","Model":"m"}]}} }""";

    public static Task<(HttpStatusCode Status, JsonObject Body)> PutAsync(this GatewayHost gateway, string body, string query = "", string? ifMatch = null) =>
        gateway.SendAsync(HttpMethod.Put, $"/admin/config{query}", body, ifMatch);

    public static Task<(HttpStatusCode Status, JsonObject Body)> RollBackAsync(this GatewayHost gateway, string body = "") =>
        gateway.SendAsync(HttpMethod.Post, "/admin/config/rollback", body, ifMatch: null);

    public static async Task<JsonObject> ConfigAsync(this GatewayHost gateway, string path = "")
    {
        using var admin = gateway.AdminClient();
        return (await admin.GetFromJsonAsync<JsonObject>($"/admin/config{path}", TestContext.Current.CancellationToken))!;
    }

    public static async Task<IReadOnlyList<string>> AliasesAsync(this GatewayHost gateway, string key)
    {
        using var caller = gateway.ClientWith(key);
        var models = await caller.GetFromJsonAsync<JsonObject>("/v1/models", TestContext.Current.CancellationToken);
        return [.. models!["data"]!.AsArray().Select(model => (string)model!["id"]!)];
    }

    /// <summary>How long it takes until a configuration is as it should be. Asking again is the only signal that an administrator has.</summary>
    public static async Task<TimeSpan> UntilAsync(this GatewayHost gateway, Predicate<JsonObject> isSo)
    {
        var began = Stopwatch.GetTimestamp();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!isSo(await gateway.ConfigAsync()))
        {
            await tick.WaitForNextTickAsync(patience.Token);
        }

        return Stopwatch.GetElapsedTime(began);
    }

    public static IReadOnlyList<string> Messages(this JsonObject reply) => [.. reply["faults"]!.AsArray().Select(fault => (string)fault!["message"]!)];

    private static async Task<(HttpStatusCode Status, JsonObject Body)> SendAsync(this GatewayHost gateway, HttpMethod method, string path, string body, string? ifMatch)
    {
        using var admin = gateway.AdminClient();
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using var response = await admin.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!);
    }
}
