using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Gateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Dashboard;

public sealed class DashboardStartTests : IDisposable
{
    private readonly LineProvider _lines = new();

    public void Dispose() => _lines.Dispose();

    [Fact]
    public async Task Without_npm_one_line_says_so_and_the_rest_runs()
    {
        using var tools = new FakeTools();

        var environment = await RunAsync(tools);

        _lines.Said(LogLevel.Warning).ShouldBe(["There is no dashboard in this run: it comes from npm, and Node.js with npm is not on the PATH."]);
        environment.Keys.ShouldNotContain("OTEL_EXPORTER_OTLP_ENDPOINT");
    }

    [Fact]
    public async Task Without_network_one_line_says_so_and_the_rest_runs()
    {
        using var tools = new FakeTools(FakeTools.NpmWithoutNetwork);

        var environment = await RunAsync(tools, until: KnownResourceStates.FailedToStart);

        _lines.Said(LogLevel.Warning).ShouldHaveSingleItem().ShouldBe(
            "There is no dashboard in this run: npm could not bring @microsoft/aspire-cli-linux-x64 13.5.4 (exit code 1: request to https://npm.example/aspire failed, reason: getaddrinfo EAI_AGAIN).");
        environment.Keys.ShouldNotContain("OTEL_EXPORTER_OTLP_ENDPOINT");
    }

    [Fact]
    public async Task While_npm_takes_too_long_the_rest_runs_without_an_endpoint_and_that_is_said_when_it_has_come()
    {
        const string Line = "The dashboard is fetched; what was started before sends it nothing until it is started again.";
        using var tools = new FakeTools(FakeTools.NpmThatTakesLong);

        var environment = await RunAsync(tools, time: new HastyTime(), whileRunning: () =>
        {
            _lines.Said(LogLevel.Warning).ShouldBeEmpty();
            tools.LetNpmGoOn();
            return _lines.UntilAsync(Line);
        });

        environment.Keys.ShouldNotContain("OTEL_EXPORTER_OTLP_ENDPOINT");
        _lines.Said(LogLevel.Warning).ShouldBe([Line]);
    }

    [Theory]
    [InlineData(3, "The dashboard ended with exit code 3; it is started again.")]
    [InlineData(0, "The dashboard ended with exit code 0; there is none for the rest of this run.")]
    public async Task That_it_ended_by_itself_is_said_in_one_line(int exitCode, string line)
    {
        using var tools = new FakeTools(FakeTools.NpmThatBrings($"exit {exitCode}"));

        await RunAsync(tools, whileRunning: () => _lines.UntilAsync(line));

        _lines.Said(LogLevel.Warning).Distinct().ShouldBe([line]);
    }

    [Fact]
    public async Task That_it_was_told_to_end_is_not_said()
    {
        using var tools = new FakeTools(FakeTools.NpmThatBringsAScript);

        await RunAsync(tools, KnownResourceStates.Running);

        _lines.Said(LogLevel.Warning).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_port_of_another_resource_is_not_taken_from_it()
    {
        using var tools = new FakeTools(FakeTools.NpmThatBringsAScript);
        var port = FreePort();
        await using var builder = DashboardHost.CreateBuilder(_lines, [.. tools.Arguments, $"--ASPNETCORE_URLS=http://localhost:{port}", "--DcpPublisher:RandomizePorts=false"]);
        builder.AddShell("other", "sleep 600").WithHttpEndpoint(port: port);

        await using var app = await builder.StartAsync();
        await app.StateAsync("other", KnownResourceStates.Running);

        _lines.Said(LogLevel.Warning).ShouldBe([$"There is no dashboard in this run: port {port} is that of 'other'."]);
    }

    [Fact]
    public async Task With_its_port_in_use_one_line_says_so_and_the_rest_runs()
    {
        using var tools = new FakeTools(FakeTools.NpmThatBringsAScript);
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;

        var environment = await RunAsync(tools, arguments: [$"--ASPNETCORE_URLS=http://localhost:{port}", "--DcpPublisher:RandomizePorts=false"]);

        _lines.Said(LogLevel.Warning).ShouldBe([$"There is no dashboard in this run: port {port} is in use."]);
        environment.Keys.ShouldNotContain("OTEL_EXPORTER_OTLP_ENDPOINT");
    }

    [Fact]
    public async Task It_is_fetched_once_and_told_where_to_listen_and_whom_to_trust()
    {
        using var tools = new FakeTools(FakeTools.NpmThatBringsAScript);
        string[] dashboard = [];

        for (var run = 0; run < 2; run++)
        {
            var environment = await RunAsync(tools, KnownResourceStates.Running, ["--AppHost:OtlpApiKey=otlp-key", "--AppHost:BrowserToken=browser-token"], lines => dashboard = lines);

            var arguments = dashboard[0].Split(' ');
            arguments.ShouldContain("--frontend-url");
            environment["OTEL_EXPORTER_OTLP_ENDPOINT"].ShouldBe(arguments[Array.IndexOf(arguments, "--otlp-grpc-url") + 1]);
            environment["OTEL_EXPORTER_OTLP_HEADERS"].ShouldBe("x-otlp-api-key=otlp-key");
        }

        dashboard.ShouldContain("DASHBOARD__FRONTEND__AUTHMODE=BrowserToken");
        dashboard.ShouldContain("DASHBOARD__FRONTEND__BROWSERTOKEN=browser-token");
        dashboard.ShouldContain("DASHBOARD__OTLP__PRIMARYAPIKEY=otlp-key");
        dashboard.ShouldContain(line => line.StartsWith("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL=http://127.0.0.1:", StringComparison.Ordinal));
        _lines.Said(LogLevel.Information).Count(line => line.StartsWith("Fetching the dashboard", StringComparison.Ordinal)).ShouldBe(1);
        _lines.Said(LogLevel.Warning).ShouldBeEmpty();
    }

    /// <summary>Runs a resource that sends telemetry beside the dashboard, until both are as they should be; returns its environment.</summary>
    private async Task<Dictionary<string, string>> RunAsync(
        FakeTools tools, string? until = null, string[]? arguments = null, Action<string[]>? dashboard = null, Func<Task>? whileRunning = null, TimeProvider? time = null)
    {
        await using var builder = DashboardHost.CreateBuilder(_lines, [.. tools.Arguments, .. arguments ?? []]);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.AddEnvironmentWriter("rest").WithOtlpExporter();
        await using var app = await builder.StartAsync();
        var environment = await app.EnvironmentAsync("rest");
        if (until is not null)
        {
            await app.StateAsync("aspire-dashboard", until);
        }

        await (whileRunning?.Invoke() ?? Task.CompletedTask);
        dashboard?.Invoke([.. await app.LinesAsync("aspire-dashboard", line => line.StartsWith("DASHBOARD__RESOURCESERVICECLIENT__APIKEY", StringComparison.Ordinal))]);
        return environment;
    }

    private static int FreePort()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        return ((IPEndPoint)holder.LocalEndpoint).Port;
    }

    /// <summary>The time that passes here in a second passes for the application in two minutes.</summary>
    private sealed class HastyTime : TimeProvider
    {
        private const int Haste = 120;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
            => System.CreateTimer(callback, state, Hasten(dueTime), Hasten(period));

        private static TimeSpan Hasten(TimeSpan time) => time > TimeSpan.Zero ? time / Haste : time;
    }
}
