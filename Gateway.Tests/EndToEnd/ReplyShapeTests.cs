using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Gateway.Tests.Schemas;
using Shouldly;
using Xunit;

namespace Gateway.Tests.EndToEnd;

/// <summary>Whatever is asked for, the reply has OpenAI's published shape, whole and streamed.</summary>
[Trait("Requirement", "B6.6")]
public sealed class ReplyShapeTests(SimulatedGateway gateway)
{
    private const string Chat = "/v1/chat/completions";
    private const string Text = "/v1/completions";

    public static TheoryData<string> ChatShapes => [.. ReplyShapes.Chat.Keys];

    public static TheoryData<string> TextShapes => [.. ReplyShapes.Text.Keys];

    public static TheoryData<string> EmbeddingShapes => [.. ReplyShapes.Embeddings.Keys];

    [Theory]
    [MemberData(nameof(ChatShapes))]
    [Trait("Requirement", "B6.1")]
    public async Task A_chat_reply_is_a_chat_completion(string asks)
    {
        var shape = ReplyShapes.Chat[asks];

        var reply = OpenAISchemas.ShouldBeChatCompletion(await PostAsync(Chat, ChatBody(shape)));

        IndexesOf(reply).ShouldBe(Enumerable.Range(0, shape.Choices));
        reply["choices"]!.AsArray().ShouldAllBe(choice => (string?)choice!["finish_reason"] == shape.Finish);
        ((string)reply["model"]!).ShouldBe(SimulatedGateway.ServedChatModel);
        ShouldAddUp(reply["usage"]!);
    }

    [Theory]
    [MemberData(nameof(ChatShapes))]
    [Trait("Requirement", "B6.4")]
    public async Task A_streamed_chat_reply_is_chunks_of_one_chat_completion(string asks)
    {
        var shape = ReplyShapes.Chat[asks];
        var whole = JsonNode.Parse(await PostAsync(Chat, ChatBody(shape)))!;

        var chunks = OpenAIStreams.ShouldBeChatStream(await PostAsync(Chat, ChatBody(shape), "stream"), shape.Choices);

        OpenAIStreams.TextOf(chunks).ShouldBe((string?)whole["choices"]![0]!["message"]!["content"] ?? "");
        OpenAIStreams.ChoicesOf(chunks).Select(choice => (string?)choice["finish_reason"]).Where(reason => reason is not null)
            .ShouldBe(Enumerable.Repeat(shape.Finish, shape.Choices));
    }

    [Theory]
    [MemberData(nameof(ChatShapes))]
    [Trait("Requirement", "B6.4")]
    public async Task A_streamed_chat_reply_ends_with_its_usage_where_asked_for(string asks)
    {
        var shape = ReplyShapes.Chat[asks];
        var whole = JsonNode.Parse(await PostAsync(Chat, ChatBody(shape)))!;

        var chunks = OpenAIStreams.ShouldBeChatStream(await PostAsync(Chat, ChatBody(shape), "stream", "usage"), shape.Choices, usage: true);

        JsonNode.DeepEquals(chunks[^1]["usage"], whole["usage"]).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(TextShapes))]
    [Trait("Requirement", "V5.1")]
    public async Task A_completion_is_a_text_completion(string asks)
    {
        var shape = ReplyShapes.Text[asks];

        var reply = OpenAISchemas.ShouldBeTextCompletion(await PostAsync(Text, Body(SimulatedGateway.ChatModel, shape.Fields)));

        IndexesOf(reply).ShouldBe(Enumerable.Range(0, shape.Choices));
        ShouldAddUp(reply["usage"]!);
    }

    [Theory]
    [MemberData(nameof(TextShapes))]
    [Trait("Requirement", "V5.1")]
    public async Task A_streamed_completion_is_chunks_of_one_text_completion(string asks)
    {
        var shape = ReplyShapes.Text[asks];
        var body = Body(SimulatedGateway.ChatModel, shape.Fields);
        var whole = JsonNode.Parse(await PostAsync(Text, body))!;

        var chunks = OpenAIStreams.ShouldBeTextStream(await PostAsync(Text, body, "stream", "usage"), shape.Choices, usage: true);

        whole["choices"]!.AsArray().Select(choice => OpenAIStreams.TextOf(chunks, (int)choice!["index"]!))
            .ShouldBe(whole["choices"]!.AsArray().Select(choice => (string)choice!["text"]!));
    }

    [Theory]
    [MemberData(nameof(EmbeddingShapes))]
    public async Task Embeddings_are_a_list_of_embeddings(string asks)
    {
        var body = Body(SimulatedGateway.EmbeddingModel, ReplyShapes.Embeddings[asks]);

        var reply = OpenAISchemas.ShouldBeEmbeddings(await PostAsync("/v1/embeddings", body));

        var inputs = body["input"] as JsonArray;
        reply["data"]!.AsArray().Select(item => (int)item!["index"]!).ShouldBe(Enumerable.Range(0, inputs?.Count ?? 1));
        reply["data"]!.AsArray().ShouldAllBe(item => item!["embedding"]!.GetValueKind() == (asks == "base64" ? JsonValueKind.String : JsonValueKind.Array));
    }

    [Fact]
    [Trait("Requirement", "B6.2")]
    public async Task Models_are_a_list_of_models()
    {
        var list = OpenAISchemas.ShouldBeModelList(await gateway.Caller.GetStringAsync("/v1/models", TestContext.Current.CancellationToken));

        foreach (var model in list["data"]!.AsArray())
        {
            var one = OpenAISchemas.ShouldBeModel(await gateway.Caller.GetStringAsync($"/v1/models/{model!["id"]}", TestContext.Current.CancellationToken));
            JsonNode.DeepEquals(one, model).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("POST", Chat, """{"model":"phi-3-mini"}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", Chat, """{"model":"phi-3-mini","messages":[{"role":"user","content":"Hi"}],"temperature":9}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", Chat, """{"model":"phi-3-mini","messages":[{"role":"user","content":"Hi"}],"temperature":9,"stream":true}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", Chat, """{"model":"gpt-17","messages":[{"role":"user","content":"Hi"}]}""", HttpStatusCode.NotFound)]
    [InlineData("POST", Chat, """{"model":"local-embeddings","messages":[{"role":"user","content":"Hi"}]}""", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/v1/models/gpt-17", null, HttpStatusCode.NotFound)]
    [InlineData("GET", Chat, null, HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/v1/images/generations", "{}", HttpStatusCode.NotFound)]
    [InlineData("GET", "/v2/models", null, HttpStatusCode.NotFound)]
    [Trait("Requirement", "B6.5")]
    public async Task A_refusal_is_an_error(string method, string path, string? body, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));

        using var response = await gateway.Caller.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(status);
        OpenAISchemas.ShouldBeError(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static JsonObject ChatBody(ChatShape shape)
    {
        var body = Body(SimulatedGateway.ChatModel, shape.Fields);
        body.TryAdd("messages", JsonSerializer.SerializeToNode(ReplyShapes.Messages));
        return body;
    }

    private static JsonObject Body(string model, object fields)
    {
        var body = JsonSerializer.SerializeToNode(fields)!.AsObject();
        body["model"] = model;
        return body;
    }

    private static IEnumerable<int> IndexesOf(JsonObject reply) => reply["choices"]!.AsArray().Select(choice => (int)choice!["index"]!);

    private static void ShouldAddUp(JsonNode usage) =>
        ((int)usage["total_tokens"]!).ShouldBe((int)usage["prompt_tokens"]! + (int)usage["completion_tokens"]!);

    private async Task<string> PostAsync(string path, JsonObject body, params string[] wishes)
    {
        var sent = body.DeepClone();
        if (wishes.Contains("stream"))
        {
            sent["stream"] = true;
        }

        if (wishes.Contains("usage"))
        {
            sent["stream_options"] = new JsonObject { ["include_usage"] = true };
        }

        using var response = await gateway.Caller.PostAsJsonAsync(path, sent, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return text;
    }
}
