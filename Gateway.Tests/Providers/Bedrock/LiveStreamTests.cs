using System.Text;
using Gateway.Tests.Hosts.Bedrock;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Providers.Bedrock;

/// <summary>A stream whose model has not ended.</summary>
public sealed class LiveStreamTests
{
    [Fact]
    [Trait("Requirement", "B4.1")]
    public async Task What_the_model_has_said_goes_out_while_it_still_speaks()
    {
        var seen = new TaskCompletionSource();
        await using var gateway = await BedrockGateway.StartAsync(async exchange =>
        {
            await exchange.StreamAsync([EventFrames.Start, EventFrames.Text("Hel")]);
            await seen.Task;
            foreach (var frame in new[] { EventFrames.Text("lo"), EventFrames.BlockStop(0), EventFrames.Stop("end_turn"), EventFrames.Metadata(1, 2) })
            {
                await exchange.Http.Response.Body.WriteAsync(frame);
            }
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent("""{"model":"m","stream":true,"messages":[{"role":"user","content":"Hello"}]}""", Encoding.UTF8, "application/json"),
        };

        using var response = await gateway.Caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        while (!(await reader.ReadLineAsync(TestContext.Current.CancellationToken))!.Contains("\"content\":\"Hel\"", StringComparison.Ordinal))
        {
        }

        seen.SetResult();
        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldEndWith("data: [DONE]\n\n");
    }
}
