using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Hosting;

public sealed class LifecycleTests
{
    [Fact]
    public async Task A_resource_starts_once_those_it_waits_for_are_healthy_and_their_ready_subscribers_are_done()
    {
        var order = new ConcurrentQueue<string>();
        var healthy = false;
        await using var builder = TestHost.CreateBuilder();
        builder.Services.AddHealthChecks().AddCheck("switch", () => healthy ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
        var first = builder.AddShell("first", "sleep 600").WithHealthCheck("switch").OnResourceReady(async (_, _, _) =>
        {
            await Task.Yield();
            order.Enqueue("first ready");
        });
        var job = builder.AddShell("job", "exit 3");
        builder.AddShell("second", "sleep 600").WaitFor(first).WaitForCompletion(job, exitCode: 3).OnBeforeResourceStarted((_, _, _) =>
        {
            order.Enqueue("second starts");
            return Task.CompletedTask;
        });
        await using var app = await builder.StartAsync();

        await app.StateAsync("second", KnownResourceStates.Waiting);
        await app.ResourceNotifications.WaitForResourceAsync(
            "first", change => change.Snapshot.HealthReports is [{ Status: HealthStatus.Unhealthy }], TestHost.Token);
        order.ShouldBeEmpty();
        healthy = true;
        await app.StateAsync("second", KnownResourceStates.Running);

        order.ShouldBe(["first ready", "second starts"]);
    }

    [Fact]
    public async Task A_dependency_that_cannot_come_up_fails_those_that_wait()
    {
        await using var builder = TestHost.CreateBuilder();
        var broken = builder.AddExecutable("broken", "no-such-command", ".");
        builder.AddShell("waits", "sleep 600").WaitFor(broken);
        await using var app = await builder.StartAsync();

        await app.StateAsync("waits", KnownResourceStates.FailedToStart);

        (await app.LinesAsync("broken", _ => true)).ShouldHaveSingleItem().ShouldContain("'no-such-command'");
        await Should.ThrowAsync<DistributedApplicationException>(() => app.ResourceNotifications.WaitForResourceHealthyAsync("waits", TestHost.Token));
    }

    [Fact]
    public async Task A_crashed_process_is_started_again_later_each_time()
    {
        await using var builder = TestHost.CreateBuilder();
        builder.AddShell("crashing", "date +%s%N; exit 7");
        await using var app = await builder.StartAsync();

        var restarting = await app.StateAsync("crashing", "Restarting");
        var lines = new List<long>();
        await app.LinesAsync("crashing", line =>
        {
            if (long.TryParse(line, out var time))
            {
                lines.Add(time);
            }

            return lines.Distinct().Count() == 3;
        });

        restarting.Snapshot.ExitCode.ShouldBe(7);
        var starts = lines.Distinct().ToList();
        // How much later depends on how busy the machine is.
        (starts[1] - starts[0]).ShouldBeGreaterThanOrEqualTo(500_000_000);
        (starts[2] - starts[1]).ShouldBeGreaterThanOrEqualTo(1_000_000_000);
    }

    [Fact]
    public async Task A_process_that_ends_in_order_is_left_so()
    {
        await using var builder = TestHost.CreateBuilder();
        builder.AddShell("done", "echo once");
        await using var app = await builder.StartAsync();

        var finished = await app.StateAsync("done", KnownResourceStates.Finished);

        finished.Snapshot.ExitCode.ShouldBe(0);
        finished.Snapshot.StopTimeStamp.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(finished.Snapshot.StartTimeStamp!.Value);
    }

    [Fact]
    public async Task Commands_start_stop_and_restart_a_resource()
    {
        await using var builder = TestHost.CreateBuilder();
        builder.AddShell("manual", "echo up; sleep 600").WithExplicitStart();
        await using var app = await builder.StartAsync();
        await app.StateAsync("manual", KnownResourceStates.NotStarted);

        (await app.ResourceCommands.ExecuteCommandAsync("manual", KnownResourceCommands.StartCommand, TestHost.Token)).Success.ShouldBeTrue();
        var first = await app.StateAsync("manual", KnownResourceStates.Running);
        (await app.ResourceCommands.ExecuteCommandAsync(first.ResourceId, KnownResourceCommands.RestartCommand, TestHost.Token)).Success.ShouldBeTrue();
        var second = await app.ResourceNotifications.WaitForResourceAsync(
            "manual",
            change => change.Snapshot.State?.Text == KnownResourceStates.Running && change.Snapshot.StartTimeStamp > first.Snapshot.StartTimeStamp,
            TestHost.Token);
        (await app.ResourceCommands.ExecuteCommandAsync("manual", KnownResourceCommands.StopCommand, TestHost.Token)).Success.ShouldBeTrue();

        await app.StateAsync("manual", KnownResourceStates.Exited);
        second.ResourceId.ShouldBe(first.ResourceId);
        (await app.ResourceCommands.ExecuteCommandAsync("manual", "dance", TestHost.Token)).Message.ShouldNotBeNull().ShouldContain("dance");
    }

    [Fact]
    public async Task An_exception_before_the_start_ends_it_with_nothing_started()
    {
        await using var builder = TestHost.CreateBuilder();
        builder.AddShell("never", "sleep 600");
        builder.Eventing.Subscribe<BeforeStartEvent>((_, _) => throw new NotSupportedException("port 8080 is taken"));
        await using var app = await builder.BuildAsync(TestHost.Token);

        (await Should.ThrowAsync<NotSupportedException>(() => app.RunAsync(TestHost.Token))).Message.ShouldBe("port 8080 is taken");
    }
}
