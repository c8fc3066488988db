using System.Net;
using Gateway.Tests.Accounting;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Failures;

/// <summary>An administrator revokes a key that streams are under way with, at both gateways.</summary>
[Trait("Suite", "failures")]
public sealed class RevokedKeyTests(ITestOutputHelper output)
{
    private const string UnderWay = "under-way";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "G6.5")]
    public async Task It_is_refused_at_both_within_a_second_and_the_streams_finish()
    {
        await using var system = await MeteredSystem.StartAsync(Observer.TokensOf, gateways: 2);
        var observer = new Observer(system, output);
        using var begun = new SemaphoreSlim(0);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        system.Upstream.Pause = (id, piece, cancellationToken) =>
        {
            if (!id.StartsWith(UnderWay, StringComparison.Ordinal) || piece != 1)
            {
                return Task.CompletedTask;
            }

            begun.Release();
            return release.Task.WaitAsync(cancellationToken);
        };
        await using var load = new WatchedLoad(system, observer, callers: 4);
        var (id, key) = await system.CreateKeyAsync(new { name = "leaked", tenant = "acme" });
        var streams = system.Gateways.Select(gateway => StreamAsync(gateway, observer, key)).ToList();
        foreach (var _ in streams)
        {
            await begun.WaitAsync(Token);
        }

        using var admin = system.Gateways[0].Process.ClientWith(GatewayProcess.AdminKey);
        using var revoked = await admin.DeleteAsync($"/admin/keys/{id}", Token);
        var revokedAt = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(system.Gateways.Select(gateway => UntilRefusedAsync(gateway, key)));
        TimeProvider.System.GetElapsedTime(revokedAt).ShouldBeLessThan(Soon);
        streams.ShouldAllBe(stream => !stream.IsCompleted);

        release.SetResult();
        (await Task.WhenAll(streams)).ShouldAllBe(answer => answer.IsWhole);
        await load.EndAsync();
        await observer.JudgeAsync(Token);
    }

    private static async Task<Asker.Answer> StreamAsync(MeteredGateway gateway, Observer observer, string key)
    {
        using var asker = new Asker(gateway.Process.Address, key);
        var id = observer.NextId(UnderWay);
        var answer = await asker.AskAsync(id, stream: true, Token);
        observer.Saw(id, answer);
        return answer;
    }

    private static async Task UntilRefusedAsync(MeteredGateway gateway, string key)
    {
        using var caller = gateway.Process.ClientWith(key);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (true)
        {
            using var response = await caller.GetAsync("/v1/models", Token);
            if (response.StatusCode == HttpStatusCode.Unauthorized)
            {
                return;
            }

            await tick.WaitForNextTickAsync(Token);
        }
    }
}
