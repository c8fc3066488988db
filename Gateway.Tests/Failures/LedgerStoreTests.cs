using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Gateway.Tests.Accounting;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Failures;

/// <summary>The ledger's disk, a small one that is really mounted, is full or read-only: usage waits, an alert says so, requests go on.</summary>
[Trait("Suite", "failures")]
public sealed class LedgerStoreTests(ITestOutputHelper output)
{
    private const int Callers = 6;
    private const int Between = 150;
    private const string WaitsLine = "Usage waits in Redis, because of the ledger";

    // In a namespace of the worker's own: nobody else sees it, and it is gone with the worker.
    private static readonly string[] OwnNamespace = ["unshare", "--user", "--map-root-user", "--mount"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "G4.1")]
    public async Task Usage_waits_while_the_disk_is_full_an_alert_says_so_and_requests_go_on()
    {
        await using var system = await StartAsync("size=4m");
        var ballast = Path.Combine(system.LedgerData, "ballast");

        await WaitAndComeAsync(
            system,
            breakAsync: () => FillAsync(ballast),
            mendAsync: () =>
            {
                File.Delete(ballast);
                return Task.CompletedTask;
            });
    }

    [Fact]
    [Trait("Requirement", "G4.1")]
    public async Task Usage_waits_while_the_disk_is_read_only_an_alert_says_so_and_requests_go_on()
    {
        await using var system = await StartAsync("size=16m,ro");

        await WaitAndComeAsync(system, breakAsync: () => Task.CompletedTask, mendAsync: () => RemountAsync(system));
    }

    // 1. Requests flow, and the disk takes no more.
    // 2. The worker's log and its alerts say so; requests flow on.
    // 3. There is room again: all usage is kept, and the observer judges.
    private async Task WaitAndComeAsync(MeteredSystem system, Func<Task> breakAsync, Func<Task> mendAsync)
    {
        var observer = new Observer(system, output);
        await using var load = new WatchedLoad(system, observer, Callers);
        await load.UntilFinishedAsync(Between, Token);

        await breakAsync();
        await system.Worker.LineAsync(WaitsLine, Token);
        await load.UntilFinishedAsync(load.Finished + Between, Token);
        await UntilAlertAsync(system, "ledger_lag");
        observer.Faults.ShouldBeEmpty();

        await mendAsync();
        await load.UntilFinishedAsync(load.Finished + Between, Token);
        await load.EndAsync();
        await observer.JudgeAsync(Token);
        system.Worker.Lines.Count(line => line.Contains(WaitsLine, StringComparison.Ordinal)).ShouldBe(1);
    }

    private static async Task<MeteredSystem> StartAsync(string mountOptions)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && await IsDoneAsync([.. OwnNamespace, "true"]), "Nothing can be mounted here: user namespaces are not permitted.");
        return await MeteredSystem.StartAsync(
            Observer.TokensOf,
            gateways: 2,
            beforeWorker:
            [
                "env", "Alerts__LedgerLag__WarningSeconds=2", .. OwnNamespace,
                "sh", "-c", $"""mount -t tmpfs -o {mountOptions} tmpfs "$0" && exec "$@" """, MeteredSystem.LedgerFolder,
            ],
            settings: []);
    }

    private static async Task FillAsync(string path)
    {
        var block = new byte[64 * 1024];
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            while (true)
            {
                await file.WriteAsync(block, Token);
            }
        }
        catch (IOException)
        {
            // Full to the last block, or nearly: the rest is used up by what comes in.
        }
    }

    private static async Task RemountAsync(MeteredSystem system) =>
        (await IsDoneAsync(
            "nsenter", "--user", "--preserve-credentials", "--mount", "--target", (await system.Worker.Id).ToString(CultureInfo.InvariantCulture),
            "mount", "-o", "remount,rw", system.LedgerFolderInside)).ShouldBeTrue();

    private static async Task UntilAlertAsync(MeteredSystem system, string rule)
    {
        using var admin = new HttpClient { BaseAddress = system.WorkerAddress, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", GatewayProcess.AdminKey) } };
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await IsRaisedAsync(admin, rule))
        {
            await tick.WaitForNextTickAsync(Token);
        }
    }

    private static async Task<bool> IsRaisedAsync(HttpClient admin, string rule)
    {
        try
        {
            return (await admin.GetStringAsync("/alerts", Token)).Contains($"\"{rule}\"", StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            // It says that usage waits before it listens.
            return false;
        }
    }

    private static async Task<bool> IsDoneAsync(params string[] command)
    {
        using var process = Process.Start(command[0], command[1..]);
        await process.WaitForExitAsync(Token);
        return process.ExitCode == 0;
    }
}
