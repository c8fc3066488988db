using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Responses;

/// <summary>A response in the background whose process is killed, seen through another process on the same Redis.</summary>
public sealed class KilledRunTests : IAsyncLifetime
{
    private const int LeaseSeconds = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DirectoryInfo[] _data = [Directory.CreateTempSubdirectory("killed-run-"), Directory.CreateTempSubdirectory("killed-run-")];
    private readonly List<GatewayProcess> _running = [];
    private ServerProcess _redis = null!;
    private ScriptedUpstream _upstream = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServers.StartRedisAsync();
        _upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            _asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        });
        _running.AddRange(await Task.WhenAll(_data.Select(data => GatewayProcess.StartAsync(
            ServerProcess.FreePort(), data.FullName, _redis.Port,
            "--Gateway:Providers:local:BaseUrl", new Uri(_upstream.Address, "v1").AbsoluteUri, "--Gateway:Responses:LeaseSeconds", $"{LeaseSeconds}"))));
    }

    [Fact]
    public async Task It_runs_for_longer_than_its_lease_and_has_failed_once_its_process_is_killed()
    {
        var (killed, survivor) = (_running[0], _running[1]);
        var key = await killed.CreateKeyAsync(new { name = "killed run" });
        await survivor.UntilKnownAsync(key);
        using var caller = killed.ClientWith(key);
        using var other = survivor.ClientWith(key);
        using var content = new StringContent("""{"model":"phi-3-mini","input":"Hi","background":true}""", Encoding.UTF8, "application/json");
        using var created = await caller.PostAsync("/v1/responses", content, TestContext.Current.CancellationToken);
        var id = (string)(await ScriptedChat.ResponseOf(created))["id"]!;
        var path = $"/v1/responses/{id}";
        await _asked.Task.WaitAsync(TestContext.Current.CancellationToken);

        await UntilRenewedAsync(id).WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        ((string?)(await FetchAsync(other, path))["status"]).ShouldBe("in_progress");

        _running.Remove(killed);
        await killed.DisposeAsync();

        var ended = await UntilEndedAsync(other, path).WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        ((string?)ended["status"], (string?)ended["error"]!["code"]).ShouldBe(("failed", "server_error"));
        ((string)ended["error"]!["message"]!).ShouldContain("ended before it was complete");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in _running)
        {
            await gateway.DisposeAsync();
        }

        await _upstream.DisposeAsync();
        await _redis.DisposeAsync();
        Array.ForEach(_data, data => data.Delete(recursive: true));
    }

    // Once it runs until a whole lease later than at first, the first lease is over.
    private async Task UntilRenewedAsync(string id)
    {
        await using var redis = await Redis.Clients.ConnectAsync(_redis.Port);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var first = await RunsUntilAsync();
        while (await RunsUntilAsync() < first + (LeaseSeconds * 1000))
        {
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        async Task<long> RunsUntilAsync() => (long)await redis.GetDatabase().HashGetAsync($"gateway:responses:{{default}}:{id}", "until");
    }

    // Polling is how a caller learns of it.
    private static async Task<JsonObject> UntilEndedAsync(HttpClient caller, string path)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            if (await FetchAsync(caller, path) is var response && (string?)response["status"] != "in_progress")
            {
                return response;
            }

            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task<JsonObject> FetchAsync(HttpClient caller, string path)
    {
        using var response = await caller.GetAsync(path, TestContext.Current.CancellationToken);
        return await ScriptedChat.ResponseOf(response);
    }
}
