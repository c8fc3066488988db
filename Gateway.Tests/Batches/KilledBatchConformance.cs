using System.Globalization;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Batches;

/// <summary>Both replicas are killed in the middle of a batch and started again: every line is in the output once.</summary>
[Trait("Requirement", "G5.5")]
public abstract class KilledBatchConformance(Func<Task<ServerProcess>> startServer, ITestOutputHelper log) : IAsyncLifetime
{
    private const int Concurrency = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo[] _data = [Directory.CreateTempSubdirectory("killed-batch-"), Directory.CreateTempSubdirectory("killed-batch-")];
    private readonly int[] _ports = [ServerProcess.FreePort(), ServerProcess.FreePort()];
    private readonly GatewayProcess?[] _gateways = [null, null];
    private ServerProcess _redis = null!;
    private BatchUpstream _upstream = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await startServer();
        _upstream = await BatchUpstream.StartAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await KillAsync();
        await _upstream.DisposeAsync();
        await _redis.DisposeAsync();
        Array.ForEach(_data, data => data.Delete(recursive: true));
    }

    [Fact]
    public Task Three_hundred_lines() => KillMidwayAsync(lines: 300, kills: 1);

    [Fact]
    [Trait("Suite", "long")]
    public Task Ten_thousand_lines() => KillMidwayAsync(lines: 10_000, kills: 5);

    [Fact]
    public async Task A_replica_that_lives_takes_over_from_one_that_was_killed()
    {
        _upstream.Before = async (_, text) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            return false;
        };
        var key = await _gateways[0]!.CreateKeyAsync(new { name = "batch" });
        await _gateways[1]!.UntilKnownAsync(key);
        using var one = _gateways[0]!.ClientWith(key);
        using var other = _gateways[1]!.ClientWith(key);
        var made = await new BatchCaller(one).CreateAsync(BatchCaller.Lines(200));
        await UntilAskedAsync(50);

        // Whichever of the two has it: the other one lives.
        var holder = _gateways[0]!.Lines.Any(line => line.Contains("is worked on here", StringComparison.Ordinal)) ? 0 : 1;
        await _gateways[holder]!.DisposeAsync();
        _gateways[holder] = null;
        var caller = new BatchCaller(holder == 0 ? other : one);
        var ended = await caller.EndOfAsync(made).WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);

        (await caller.OutputOfAsync(ended)).Select(BatchCaller.IdOf).ShouldBe(Enumerable.Range(1, 200).Select(number => $"line-{number}"));
        BatchCaller.CountsOf(ended).ShouldBe((200, 200, 0));
    }

    // 1. Both are killed when a part of the lines was asked for, and started again; so a few times.
    // 2. The output holds every line once, in order. The upstream may have seen those that were under way again.
    private async Task KillMidwayAsync(int lines, int kills)
    {
        var key = await _gateways[0]!.CreateKeyAsync(new { name = "batch" });
        using var first = _gateways[0]!.ClientWith(key);
        var made = await new BatchCaller(first).CreateAsync(BatchCaller.Lines(lines));
        for (var kill = 1; kill <= kills; kill++)
        {
            await UntilAskedAsync(lines * kill / (kills + 1));
            await KillAsync();
            await StartAsync();
        }

        using var http = _gateways[0]!.ClientWith(key);
        var caller = new BatchCaller(http);
        var ended = await caller.EndOfAsync(made).WaitAsync(Patience, TimeProvider.System);
        var output = await caller.OutputOfAsync(ended);

        output.Select(BatchCaller.IdOf).ShouldBe(Enumerable.Range(1, lines).Select(number => $"line-{number}"));
        BatchCaller.CountsOf(ended).ShouldBe((lines, lines, 0));
        var again = _upstream.Asked.Values.Count(count => count > 1);
        log.WriteLine($"{again} of {lines} lines were asked for more than once.");
        again.ShouldBeLessThanOrEqualTo(kills * Concurrency);
    }

    private async Task StartAsync()
    {
        var started = await Task.WhenAll(_data.Select((data, index) => GatewayProcess.StartAsync(
            _ports[index], data.FullName, _redis.Port,
            "--Gateway:Providers:local:BaseUrl", new Uri(_upstream.Host.Address, "v1").AbsoluteUri,
            "--Gateway:Batches:LeaseSeconds", "3",
            "--Gateway:Batches:Concurrency", Concurrency.ToString(CultureInfo.InvariantCulture),
            "--Logging:LogLevel:Gateway.Api.Batches", "Information")));
        started.CopyTo(_gateways, 0);
    }

    private async Task KillAsync()
    {
        await Task.WhenAll(_gateways.Where(gateway => gateway is not null).Select(gateway => gateway!.DisposeAsync().AsTask()));
        Array.Clear(_gateways);
    }

    private async Task UntilAskedAsync(int count)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (_upstream.Asked.Count < count)
        {
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
