using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Hosting;

/// <summary>The public port of a resource whose own port the test listens on in its place.</summary>
public sealed class ForwarderTests
{
    [Fact]
    public async Task The_end_of_one_direction_leaves_the_other_open()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using var app = await StartAsync(server);
        using var client = await ConnectAsync(app);
        using var target = await server.AcceptSocketAsync(TestHost.Token);

        await client.SendAsync("question"u8.ToArray(), TestHost.Token);
        client.Shutdown(SocketShutdown.Send);
        (await ReadToEndAsync(target)).ShouldBe("question"u8.ToArray());
        var answer = new byte[3_000_000];
        Random.Shared.NextBytes(answer);
        var sending = target.SendAsync(answer, TestHost.Token).AsTask().ContinueWith(_ => target.Shutdown(SocketShutdown.Both), TestHost.Token);

        (await ReadToEndAsync(client)).ShouldBe(answer);
        await sending;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reset_comes_through(bool fromClient)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using var app = await StartAsync(server);
        using var client = await ConnectAsync(app);
        using var target = await server.AcceptSocketAsync(TestHost.Token);
        var (breaks, sees) = fromClient ? (client, target) : (target, client);

        breaks.LingerState = new LingerOption(true, 0);
        breaks.Close();

        var error = await Should.ThrowAsync<SocketException>(() => sees.ReceiveAsync(new byte[1], TestHost.Token).AsTask());
        error.SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
    }

    [Fact]
    public async Task The_port_stays_while_the_process_behind_it_comes_back()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        var address = (IPEndPoint)first.LocalEndpoint;
        await using var app = await StartAsync(first);
        using (await ConnectAsync(app))
        using (await first.AcceptSocketAsync(TestHost.Token))
        {
            first.Stop();
        }

        await Should.ThrowAsync<SocketException>(async () =>
        {
            using var refused = await ConnectAsync(app);
            await refused.ReceiveAsync(new byte[1], TestHost.Token);
        });
        using var second = new TcpListener(address);
        second.Start();
        using var client = await ConnectAsync(app);
        using var target = await second.AcceptSocketAsync(TestHost.Token);
        await target.SendAsync("back"u8.ToArray(), TestHost.Token);
        target.Shutdown(SocketShutdown.Send);

        (await ReadToEndAsync(client)).ShouldBe("back"u8.ToArray());
    }

    [Fact]
    public async Task A_taken_port_is_named_and_fails_that_resource_alone()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var builder = TestHost.CreateBuilder("--DcpPublisher:RandomizePorts=false");
        builder.AddShell("taken", "sleep 600").WithHttpEndpoint(port: port, name: "api");
        builder.AddShell("free", "sleep 600").WithHttpEndpoint();
        await using var app = await builder.StartAsync();

        await app.StateAsync("taken", KnownResourceStates.FailedToStart);
        await app.StateAsync("free", KnownResourceStates.Running);

        var line = (await app.LinesAsync("taken", _ => true)).ShouldHaveSingleItem();
        line.ShouldContain($"'taken' cannot listen on port {port} for its endpoint 'api'");
    }

    [Fact]
    public async Task Replicas_take_turns_behind_one_port()
    {
        await using var builder = TestHost.CreateBuilder();
        builder.AddLocalModel("model").WithReplicas(2).WithEnvironment("Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics", "Information");
        await using var app = await builder.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("model", TestHost.Token);
        var ids = new HashSet<string>();
        await foreach (var change in app.ResourceNotifications.WatchAsync(TestHost.Token))
        {
            ids.Add(change.ResourceId);
            if (ids.Count == 2)
            {
                break;
            }
        }

        foreach (var id in ids)
        {
            id.ShouldMatch("^model-[a-z]{8}$");
            await app.ResourceNotifications.WaitForResourceHealthyAsync(id, TestHost.Token);
            using var client = app.CreateHttpClient("model");
            (await client.GetAsync(new Uri("/", UriKind.Relative), TestHost.Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        // Each has answered one of the two: both have logged a request.
        await Task.WhenAll(ids.Select(id => app.LinesAsync(id, line => line.Contains("Request finished", StringComparison.Ordinal))));
    }

    private static async Task<DistributedApplication> StartAsync(TcpListener server)
    {
        var builder = TestHost.CreateBuilder();
        builder.AddShell("server", "sleep 600").WithEndpoint(targetPort: ((IPEndPoint)server.LocalEndpoint).Port, name: "tcp");
        var app = await builder.StartAsync();
        await app.StateAsync("server", KnownResourceStates.Running);
        return app;
    }

    private static async Task<Socket> ConnectAsync(DistributedApplication app)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("localhost", app.GetEndpoint("server", "tcp").Port, TestHost.Token);
        return socket;
    }

    private static async Task<byte[]> ReadToEndAsync(Socket socket)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(buffer, TestHost.Token) is > 0 and var received)
        {
            all.Write(buffer, 0, received);
        }

        return all.ToArray();
    }
}
