using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Gateway.Tests.Hosting;
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

        await RunAsync(tools, until: KnownResourceStates.FailedToStart);

        _lines.Said(LogLevel.Warning).ShouldHaveSingleItem().ShouldBe(
            "There is no dashboard in this run: npm could not bring @microsoft/aspire-cli-linux-x64 13.5.4 (exit code 1: request to https://npm.example/aspire failed, reason: getaddrinfo EAI_AGAIN).");
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
    private async Task<Dictionary<string, string>> RunAsync(FakeTools tools, string? until = null, string[]? arguments = null, Action<string[]>? dashboard = null)
    {
        await using var builder = DashboardHost.CreateBuilder(_lines, [.. tools.Arguments, .. arguments ?? []]);
        builder.AddEnvironmentWriter("rest").WithOtlpExporter();
        await using var app = await builder.StartAsync();
        var environment = await app.EnvironmentAsync("rest");
        if (until is not null)
        {
            await app.StateAsync("aspire-dashboard", until);
        }

        dashboard?.Invoke([.. await app.LinesAsync("aspire-dashboard", line => line.StartsWith("DASHBOARD__RESOURCESERVICECLIENT__APIKEY", StringComparison.Ordinal))]);
        return environment;
    }
}
