using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Accounting;
using Gateway.Tests.Configuration.Changes;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Failures;

/// <summary>A bad configuration is written under the gateways' load, into their file and over HTTP.</summary>
[Trait("Suite", "failures")]
public sealed class BadConfigurationTests(ITestOutputHelper output)
{
    private const int Between = 100;

    private static readonly string[] Reasons =
    [
        "Gateway:Lmits is not known", "Gateway:PassThrough is 'nobody'", "Gateway:Limits:Retries: The field Retries must be between 0 and 10.", "Gateway:Cors:Origins:0 is 'x/'",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "G7.2")]
    [Trait("Requirement", "G7.4")]
    public async Task It_is_refused_with_all_reasons_and_the_old_one_serves_on()
    {
        using var folder = new GatewayFolder();
        await using var system = await MeteredSystem.StartAsync(Observer.TokensOf, gateways: 2, $"--{folder.Setting.Key}", folder.Setting.Value);
        var observer = new Observer(system, output);
        await using var load = new WatchedLoad(system, observer, callers: 6);
        var before = await Task.WhenAll(system.Gateways.Select(ConfigAsync));
        await load.UntilFinishedAsync(Between, Token);

        folder.Write(Break);
        await UntilAsync(system, faults => Reasons.All(reason => faults.Any(fault => fault.StartsWith(reason, StringComparison.Ordinal))));
        foreach (var gateway in system.Gateways)
        {
            (await PutAsync(gateway, """{"Limits":{"Retries":99},"Models":{"m":{"Target":[]}}}""")).ShouldBe(HttpStatusCode.BadRequest);
        }

        await load.UntilFinishedAsync(load.Finished + Between, Token);
        var now = await Task.WhenAll(system.Gateways.Select(ConfigAsync));
        now.Select(SettingsOf).ShouldBe(before.Select(SettingsOf));

        folder.Write();
        await UntilAsync(system, faults => faults.Count == 0);
        await load.UntilFinishedAsync(load.Finished + Between, Token);
        await load.EndAsync();
        await observer.JudgeAsync(Token);
    }

    private static void Break(JsonObject section)
    {
        section["Lmits"] = new JsonObject();
        section["PassThrough"] = "nobody";
        section["Limits"] = new JsonObject { ["Retries"] = 99 };
        section["Cors"] = new JsonObject { ["Origins"] = new JsonArray("x/") };
    }

    private static string SettingsOf(JsonObject config) => config["gateway"]!.ToJsonString();

    private static async Task<JsonObject> ConfigAsync(MeteredGateway gateway)
    {
        using var admin = gateway.Process.ClientWith(GatewayProcess.AdminKey);
        return (await admin.GetFromJsonAsync<JsonObject>("/admin/config", Token))!;
    }

    private static async Task<HttpStatusCode> PutAsync(MeteredGateway gateway, string body)
    {
        using var admin = gateway.Process.ClientWith(GatewayProcess.AdminKey);
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var response = await admin.PutAsync("/admin/config", content, Token);
        return response.StatusCode;
    }

    private static async Task UntilAsync(MeteredSystem system, Predicate<IReadOnlyList<string>> areSo)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        foreach (var gateway in system.Gateways)
        {
            while (!areSo((await ConfigAsync(gateway)).Messages()))
            {
                await tick.WaitForNextTickAsync(Token);
            }
        }
    }
}
