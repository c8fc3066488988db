using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Configuration.Changes;

/// <summary>The configuration changed, broken and mended while requests flow, of which none is lost.</summary>
public sealed class ReloadsUnderLoadTests(SimulatedGateway simulated)
{
    private const int Callers = 4;
    private const int Between = 4;
    private const long MostGrowth = 4 * 1024 * 1024;

    // What is logged is kept by the test.
    private static readonly (string Key, string Value) Quiet = ("Logging:LogLevel:Default", "Warning");

    [Fact]
    [Trait("Requirement", "G7.2")]
    public async Task A_hundred_changes_lose_no_request()
    {
        await using var gateway = await GatewayHost.StartAsync(simulated.Model);
        await using var load = new CallerLoad([gateway.Address], await gateway.CreateKeyAsync(), Callers);

        (await ChangeAsync(gateway, load, 100)).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Suite", "long")]
    [Trait("Requirement", "G7.2")]
    public async Task A_thousand_changes_lose_no_request()
    {
        await using var gateway = await GatewayHost.StartAsync(simulated.Model, Quiet);
        await using var load = new CallerLoad([gateway.Address], await gateway.CreateKeyAsync(), Callers);

        (await ChangeAsync(gateway, load, 1000)).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Suite", "long")]
    [Trait("Requirement", "G7.2")]
    public async Task A_thousand_changes_take_no_memory()
    {
        await using var model = await ModelHost.StartAsync(Quiet);
        await using var gateway = await GatewayHost.StartAsync(model, Quiet, ("Gateway:Limits:RequestTimeoutSeconds", "2"));
        using var caller = await gateway.CallerClientAsync();
        var before = await MemoryAfterAsync(gateway, caller, 200);
        var after = await MemoryAfterAsync(gateway, caller, 1000);

        TestContext.Current.TestOutputHelper?.WriteLine($"{before:N0} bytes after 200 changes, {after:N0} after 1,200");
        (after - before).ShouldBeLessThan(MostGrowth);
    }

    [Fact]
    [Trait("Requirement", "G7.2")]
    [Trait("Requirement", "G7.4")]
    public async Task Broken_and_mended_by_file_and_over_HTTP_no_request_is_lost()
    {
        using var folder = new GatewayFolder();
        await using var gateway = await GatewayHost.StartAsync(simulated.Model, folder.Setting);
        var key = await gateway.CreateKeyAsync();
        await using var load = new CallerLoad([gateway.Address], key, Callers);
        var faults = new List<string>(await load.FaultsAsync(Between, TestContext.Current.CancellationToken));

        folder.Write("""{"Gateway":{"Limits":{"Retrys":1}""");
        await gateway.UntilAsync(config => IsRefused(config, "gateway.json is no JSON"));
        faults.AddRange(await load.FaultsAsync(Between, TestContext.Current.CancellationToken));
        folder.Write(section => section["Limits"]!["Retrys"] = 1);
        await gateway.UntilAsync(config => IsRefused(config, "Gateway:Limits:Retrys is not known; did you mean 'Retries'?"));
        faults.AddRange(await load.FaultsAsync(Between, TestContext.Current.CancellationToken));

        // Over HTTP, while the file is broken: what does not hold is refused, what holds is in force.
        (await gateway.PutAsync(ConfigProbe.Alias("put", "nobody"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await gateway.PutAsync(ConfigProbe.Alias("put"))).Status.ShouldBe(HttpStatusCode.OK);
        faults.AddRange(await load.FaultsAsync(Between, TestContext.Current.CancellationToken));
        IsRefused(await gateway.ConfigAsync(), "Gateway:Limits:Retrys is not known").ShouldBeTrue();

        folder.Write(section => section["Limits"]!["Retries"] = 1);
        await gateway.UntilAsync(config => (int)config["gateway"]!["Limits"]!["Retries"]! == 1);
        faults.AddRange(await load.FaultsAsync(Between, TestContext.Current.CancellationToken));

        faults.ShouldBeEmpty();
        (await gateway.ConfigAsync())["faults"]!.AsArray().ShouldBeEmpty();
        (await gateway.AliasesAsync(key)).ShouldContain("put");
    }

    [Fact]
    public async Task What_the_file_breaks_can_be_mended_over_HTTP()
    {
        using var folder = new GatewayFolder();
        await using var gateway = await GatewayHost.StartAsync(simulated.Model, folder.Setting);

        folder.Write(section => section["Limits"] = new JsonObject { ["Retries"] = 5, ["RequestTimeoutSeconds"] = 9999 });
        await gateway.UntilAsync(config => IsRefused(config, "Gateway:Limits:RequestTimeoutSeconds: The field"));
        await gateway.PutAsync("""{"Limits":{"RequestTimeoutSeconds":40}}""");

        var mended = await gateway.ConfigAsync();
        mended["faults"]!.AsArray().ShouldBeEmpty();
        ((int)mended["gateway"]!["Limits"]!["Retries"]!, (int)mended["gateway"]!["Limits"]!["RequestTimeoutSeconds"]!).ShouldBe((5, 40));
    }

    [Fact]
    [Trait("Requirement", "G7.2")]
    public async Task A_request_that_tries_again_after_its_provider_was_replaced_is_answered()
    {
        var (asked, replaced, calls) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        await using var upstream = await ScriptedUpstream.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                asked.SetResult();
                await replaced.Task;
                await TwoTargets.FailAsync(context, 500);
                return;
            }

            await TwoTargets.AnswerAsync(context);
        });
        await using var gateway = await GatewayHost.StartAsync(upstream);
        using var caller = await gateway.CallerClientAsync();
        var reply = caller.PostAsJsonAsync("/v1/chat/completions", new { model = "phi-3-mini", messages = new[] { new { role = "user", content = "x" } } }, TestContext.Current.CancellationToken);
        await asked.Task;

        await ChangeAsync(gateway, 0);
        replaced.SetResult();

        using var answer = await reply;
        (answer.StatusCode, calls).ShouldBe((HttpStatusCode.OK, 2));
    }

    private static bool IsRefused(JsonObject config, string fault) => config.Messages().Any(message => message.StartsWith(fault, StringComparison.Ordinal));

    // A request after each change, so that every client has had a connection. What is known of a request is kept, so there are no more of them.
    private static async Task<long> MemoryAfterAsync(GatewayHost gateway, HttpClient caller, int changes)
    {
        for (var change = 0; change < changes; change++)
        {
            await ChangeAsync(gateway, change);
            using var reply = await caller.PostAsJsonAsync("/v1/chat/completions", new { model = "phi-3-mini", messages = new[] { new { role = "user", content = "x" } } }, TestContext.Current.CancellationToken);
            reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        // What was replaced is in use for as long as a request may take.
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, TestContext.Current.CancellationToken);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    // Every change makes the clients of all providers anew, and with them their connections.
    private static async Task<IReadOnlyList<string>> ChangeAsync(GatewayHost gateway, CallerLoad load, int changes)
    {
        var faults = new List<string>();
        for (var change = 0; change < changes; change++)
        {
            await ChangeAsync(gateway, change);
            faults.AddRange(await load.FaultsAsync(Between, TestContext.Current.CancellationToken));
        }

        return faults;
    }

    private static async Task ChangeAsync(GatewayHost gateway, int change) =>
        (await gateway.PutAsync($$$"""{"Limits":{"ConnectTimeoutSeconds":{{{4 + (change % 2)}}} }}""")).Status.ShouldBe(HttpStatusCode.OK);
}
