using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.ResourceService.Messages;
using Aspire.Hosting.Testing;
using Gateway.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Dashboard;

public sealed class ResourceServiceTests : IAsyncLifetime
{
    private const string Secret = "s3cret, with=signs";

    private readonly LineProvider _lines = new();
    private readonly FakeTools _tools = new();
    private readonly Uri _address = new($"http://127.0.0.1:{FreePort()}");
    private IDistributedApplicationTestingBuilder _builder = null!;
    private DistributedApplication _app = null!;
    private ResourceServiceClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = _builder = DashboardHost.CreateBuilder(
            _lines, [.. _tools.Arguments, $"--ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL={_address}", "--AppHost:ResourceService:ApiKey=the-key", $"--Parameters:token={Secret}"]);
        var token = builder.AddParameter("token", secret: true);
        var talker = builder.AddShell("talker", "echo out; echo \"$TOKEN\"; echo err >&2; sleep 600")
            .WithEnvironment("PLAIN", "value")
            .WithEnvironment("TOKEN", token)
            .WithEnvironment("COMBINED", $"user:{token}@host")
            .WithHttpEndpoint();
        builder.AddShell("waiter", "sleep 600").WaitFor(talker).WithReference(talker.GetEndpoint("http"));
        _app = await builder.StartAsync();
        _client = new ResourceServiceClient(_address, "the-key");
        await _app.StateAsync("waiter", KnownResourceStates.Running);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await _builder.DisposeAsync();
        _tools.Dispose();
        _lines.Dispose();
    }

    [Fact]
    public async Task Every_resource_is_listed_with_what_is_known_of_it()
    {
        var resources = await FirstAsync();

        resources.Select(resource => (resource.DisplayName, resource.ResourceType, resource.State)).ShouldBe(
            [("token", "Parameter", "Running"), ("talker", "Executable", "Running"), ("waiter", "Executable", "Running")], ignoreOrder: true);
        resources.ShouldAllBe(resource => resource.CreatedAt != null);
        var talker = resources.Single(resource => resource.DisplayName == "talker");
        talker.Name.ShouldMatch("^talker-[a-z]{8}$");
        talker.StartedAt.ShouldBeGreaterThanOrEqualTo(talker.CreatedAt);
        talker.StoppedAt.ShouldBeNull();
        talker.Urls.ShouldHaveSingleItem().FullUrl.ShouldBe(_app.GetEndpoint("talker", "http").GetLeftPart(UriPartial.Authority));
        talker.Environment.ShouldContain(variable => variable.Name == "PLAIN" && variable.Value == "value" && variable.IsFromSpec);
        talker.Properties.Select(property => property.Name).ShouldBe(["executable.path", "executable.pid", "executable.args", "executable.workDir"]);
        talker.Commands.Select(command => (command.Name, command.State)).ShouldBe(
            [("start", ResourceCommandState.Hidden), ("stop", ResourceCommandState.Enabled), ("restart", ResourceCommandState.Enabled)]);
        resources.Single(resource => resource.DisplayName == "waiter").Relationships.Select(other => (other.ResourceName, other.Type))
            .ShouldBe([("talker", "Reference"), ("talker", "WaitFor")]);
    }

    [Fact]
    public async Task No_secret_leaves_in_clear()
    {
        var resources = await FirstAsync();
        var lines = await LogsAsync(follow: false);

        resources.ToString()!.ShouldNotContain("s3cret");
        lines.Select(line => line.Text).ShouldNotContain(text => text.Contains("s3cret"));
        resources.Single(resource => resource.DisplayName == "talker").Environment.Single(variable => variable.Name == "COMBINED").Value.ShouldBe("user:********@host");
        resources.Single(resource => resource.DisplayName == "token").Properties.ShouldHaveSingleItem().IsSensitive.ShouldBeTrue();
    }

    // The feed joins changes that come faster than they are read: that it runs as another process is what it always tells.
    [Fact]
    public async Task A_restart_by_command_is_seen()
    {
        Aspire.Hosting.ResourceService.Messages.Resource? before = null, after = null;
        await foreach (var update in _client.StreamAsync("WatchResources", new WatchResourcesRequest(), WatchResourcesUpdate.Parser, TestHost.Token))
        {
            if (update.InitialData is { } initial)
            {
                before = initial.Resources.Single(resource => resource.DisplayName == "talker");
                (await ExecuteAsync(before.Name, "restart")).Kind.ShouldBe(ResourceCommandResponseKind.Succeeded);
            }

            after = update.Changes?.Value.Select(change => change.Upsert).LastOrDefault(resource => resource.Name == before!.Name);
            if (after?.State == "Running" && Pid(after) != Pid(before!))
            {
                break;
            }
        }

        after!.StartedAt.ShouldBeGreaterThan(before!.StartedAt);
        (await ExecuteAsync(before.Name, "dance")).ShouldBe(new ResourceCommandResponse { Kind = ResourceCommandResponseKind.Failed, Message = $"The resource '{before.Name}' has no command 'dance'." });
    }

    [Fact]
    public async Task Console_lines_come_from_the_beginning_and_go_on()
    {
        var lines = await LogsAsync(follow: true, until: line => line.LineNumber == 4);

        lines.Select(line => line.LineNumber).ShouldBe(Enumerable.Range(1, lines.Count));
        lines.Take(3).Select(line => (line.Text, line.IsStdErr)).ShouldBe([("out", false), ("********", false), ("err", true)], ignoreOrder: true);
    }

    [Theory]
    [InlineData("WatchResources", "wrong", "16")]
    [InlineData("GetApplicationInformation", "", "16")]
    [InlineData("GetApplicationInformation", "the-key", "0")]
    [InlineData("Unheard", "the-key", "12")]
    public async Task Only_those_who_know_the_key_are_answered(string method, string key, string status)
    {
        using var client = new ResourceServiceClient(_address, key);

        var (message, ended) = await client.CallAsync(method, new ApplicationInformationRequest(), ApplicationInformationResponse.Parser);

        ended.ShouldBe(status);
        message?.ApplicationName.ShouldBe("AppHost");
        (message is null).ShouldBe(status != "0");
    }

    private async Task<IReadOnlyList<Aspire.Hosting.ResourceService.Messages.Resource>> FirstAsync()
    {
        await foreach (var update in _client.StreamAsync("WatchResources", new WatchResourcesRequest(), WatchResourcesUpdate.Parser, TestHost.Token))
        {
            return update.InitialData.Resources;
        }

        return [];
    }

    private async Task<IReadOnlyList<ConsoleLogLine>> LogsAsync(bool follow, Predicate<ConsoleLogLine>? until = null)
    {
        var id = (await FirstAsync()).Single(resource => resource.DisplayName == "talker").Name;
        var lines = new List<ConsoleLogLine>();
        var request = new WatchResourceConsoleLogsRequest { ResourceName = id, SuppressFollow = !follow };
        await foreach (var update in _client.StreamAsync("WatchResourceConsoleLogs", request, WatchResourceConsoleLogsUpdate.Parser, TestHost.Token))
        {
            lines.AddRange(update.LogLines);
            if (lines.Count == 3 && follow)
            {
                await ExecuteAsync(id, "restart");
            }

            if (until is not null && lines.Exists(until))
            {
                break;
            }
        }

        return lines;
    }

    private async Task<ResourceCommandResponse> ExecuteAsync(string resource, string command)
    {
        var (response, status) = await _client.CallAsync(
            "ExecuteResourceCommand", new ResourceCommandRequest { ResourceName = resource, CommandName = command }, ResourceCommandResponse.Parser);
        status.ShouldBe("0");
        return response!;
    }

    private static string Pid(Aspire.Hosting.ResourceService.Messages.Resource resource)
        => resource.Properties.Single(property => property.Name == "executable.pid").Value.ToString();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
