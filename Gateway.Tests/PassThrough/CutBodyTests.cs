using System.Net.Sockets;
using System.Text;
using Gateway.Tests.Metering;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.PassThrough;

/// <summary>A body that its caller cuts is cut for the provider too, and never a complete request.</summary>
public sealed class CutBodyTests(MeteredGateway gateway) : IClassFixture<MeteredGateway>
{
    private const string Whole = "whole";
    private const string Cut = "cut";

    // More than is gathered before it is sent.
    private readonly string _beginning = new('x', 0x4000);
    private readonly string _id = $"req-{Guid.NewGuid():N}";

    [Theory]
    [InlineData("Content-Length: 60000", "", "")]
    [InlineData("Transfer-Encoding: chunked", "4000\r\n", "\r\n")]
    [InlineData("Transfer-Encoding: chunked", "8000\r\n", "")]
    public async Task The_provider_sees_the_cut(string framing, string before, string after)
    {
        var begun = new TaskCompletionSource();
        var ended = new TaskCompletionSource<string>();
        gateway.Script(_id, async context =>
        {
            try
            {
                var buffer = new byte[64];
                while (await context.Request.Body.ReadAsync(buffer, TestContext.Current.CancellationToken) > 0)
                {
                    begun.TrySetResult();
                }

                ended.SetResult(Whole);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                ended.SetResult(Cut);
            }
        });

        using (var caller = await ConnectAsync(framing, before + _beginning + after))
        {
            await begun.Task.WaitAsync(TestContext.Current.CancellationToken);
        }

        (await ended.Task.WaitAsync(TestContext.Current.CancellationToken)).ShouldBe(Cut);
        (await gateway.EventOfAsync(_id)).Status.ShouldBe(UsageStatus.Cancelled);
    }

    [Fact]
    public async Task A_body_that_grows_too_large_is_cut_and_refused()
    {
        var ended = new TaskCompletionSource<string>();
        gateway.Script(_id, async context =>
        {
            try
            {
                await context.Request.Body.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
                ended.SetResult(Whole);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                ended.SetResult(Cut);
            }
        });
        const int TooMuch = MeteredGateway.MaxPassThroughBytes + 1;

        using var caller = await ConnectAsync("Transfer-Encoding: chunked", $"{TooMuch:x}\r\n{new string('x', TooMuch)}\r\n");
        using var reader = new StreamReader(caller.GetStream());

        (await reader.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("HTTP/1.1 413 Payload Too Large");
        (await ended.Task.WaitAsync(TestContext.Current.CancellationToken)).ShouldBe(Cut);
        (await gateway.EventOfAsync(_id)).Error.ShouldBe("request_too_large");
    }

    private async Task<TcpClient> ConnectAsync(string framing, string beginning)
    {
        var caller = new TcpClient();
        await caller.ConnectAsync(gateway.Gateway.Address.Host, gateway.Gateway.Address.Port, TestContext.Current.CancellationToken);
        var head = $"POST /v1/uploads HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer {gateway.Key}\r\nx-request-id: {_id}\r\nContent-Type: text/plain\r\n{framing}\r\n\r\n";
        await caller.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + beginning), TestContext.Current.CancellationToken);
        return caller;
    }
}
