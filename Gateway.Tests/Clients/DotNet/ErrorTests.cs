using System.ClientModel;
using Gateway.Tests.Hosts;
using Gateway.Tests.Schemas;
using OpenAI.Chat;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Clients.DotNet;

/// <summary>The client puts the error's type, code, parameter and words into its exception: they must be there to be read.</summary>
[Trait("Requirement", "B1.4")]
public class ErrorTests(SimulatedGateway gateway)
{
    private static readonly ChatMessage[] Hello = ["Hello!"];

    [Fact]
    [Trait("Requirement", "B7.4")]
    [Trait("Requirement", "V7.3")]
    public async Task A_request_at_fault_is_400_and_names_the_parameter()
    {
        var refused = await RefusedAsync(gateway.Chat().CompleteChatAsync(Hello, new ChatCompletionOptions { Temperature = 9 }, TestContext.Current.CancellationToken));

        refused.Status.ShouldBe(400);
        refused.Message.ShouldContain("invalid_request_error");
        refused.Message.ShouldContain("temperature");
    }

    [Fact]
    [Trait("Requirement", "B7.4")]
    [Trait("Requirement", "V7.3")]
    public async Task A_streamed_request_at_fault_is_400_before_anything_is_streamed()
    {
        var stream = gateway.Chat().CompleteChatStreamingAsync(Hello, new ChatCompletionOptions { Temperature = 9 }, TestContext.Current.CancellationToken);

        var refused = await RefusedAsync(stream.ToListAsync(TestContext.Current.CancellationToken).AsTask());

        refused.Status.ShouldBe(400);
    }

    [Fact]
    [Trait("Requirement", "B7.2")]
    [Trait("Requirement", "V5.5")]
    [Trait("Requirement", "V5.6")]
    [Trait("Requirement", "G6.2")]
    public async Task A_wrong_key_is_401_and_is_not_repeated_in_full()
    {
        const string WrongKey = "sk-gw-this-was-never-a-key-of-the-gateway";

        var refused = await RefusedAsync(gateway.Client(WrongKey).GetChatClient(SimulatedGateway.ChatModel).CompleteChatAsync(Hello, cancellationToken: TestContext.Current.CancellationToken));

        refused.Status.ShouldBe(401);
        refused.Message.ShouldContain("invalid_api_key");
        refused.Message.ShouldNotContain(WrongKey);
    }

    [Fact]
    public async Task A_model_that_the_key_may_not_use_is_403()
    {
        var key = await gateway.Gateway.CreateKeyAsync(new { name = "embeddings only", models = new[] { SimulatedGateway.EmbeddingModel } });

        var refused = await RefusedAsync(gateway.Client(key).GetChatClient(SimulatedGateway.ChatModel).CompleteChatAsync(Hello, cancellationToken: TestContext.Current.CancellationToken));

        refused.Status.ShouldBe(403);
        refused.Message.ShouldContain("model_not_allowed");
    }

    [Fact]
    [Trait("Requirement", "B8.4")]
    public async Task A_model_that_does_not_exist_is_404()
    {
        var refused = await RefusedAsync(gateway.Client().GetChatClient("gpt-17").CompleteChatAsync(Hello, cancellationToken: TestContext.Current.CancellationToken));

        refused.Status.ShouldBe(404);
        refused.Message.ShouldContain("model_not_found");
        refused.Message.ShouldContain("gpt-17");
    }

    [Fact]
    [Trait("Requirement", "B6.5")]
    public async Task An_endpoint_that_does_not_exist_is_404()
    {
        var refused = await RefusedAsync(gateway.Client().GetAudioClient("tts-1").GenerateSpeechAsync("Hello!", OpenAI.Audio.GeneratedSpeechVoice.Alloy, cancellationToken: TestContext.Current.CancellationToken));

        refused.Status.ShouldBe(404);
        refused.Message.ShouldContain("unknown_url");
    }

    private static async Task<ClientResultException> RefusedAsync(Task call)
    {
        var refused = await Should.ThrowAsync<ClientResultException>(call);
        OpenAISchemas.ShouldBeError(refused.GetRawResponse()!.Content.ToString());
        return refused;
    }
}
