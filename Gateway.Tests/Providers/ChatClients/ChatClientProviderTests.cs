using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Providers.ChatClients;
using Gateway.Tests.Hosts;
using Microsoft.Extensions.AI;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Providers.ChatClients;

/// <summary>What of a request reaches a chat client, and what of its answers and failures reaches the caller.</summary>
public sealed class ChatClientProviderTests : IAsyncLifetime
{
    private const string Hello = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";

    private readonly ScriptedChatClient _client = new();
    private ScriptedUpstream _upstream = null!;
    private GatewayHost _gateway = null!;
    private HttpClient _caller = null!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await ScriptedUpstream.StartAsync(TwoTargets.AnswerAsync);
        _gateway = await GatewayHost.StartAsync(
            _upstream,
            services => services.AddChatClientProvider("mine", _ => _client),
            ("Gateway:Models:alone:Targets:0:Provider", "mine"), ("Gateway:Models:alone:Targets:0:Model", "m"),
            ("Gateway:Models:backed:Targets:0:Provider", "mine"), ("Gateway:Models:backed:Targets:0:Model", "m"),
            ("Gateway:Models:backed:Targets:1:Provider", "local"), ("Gateway:Models:backed:Targets:1:Model", "phi"),
            ("Gateway:Limits:Retries", "0"));
        _caller = await _gateway.CallerClientAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _caller.Dispose();
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    [Trait("Requirement", "B4.3")]
    public async Task Messages_and_options_arrive_as_they_were_meant()
    {
        IReadOnlyList<ChatMessage> messages = [];
        ChatOptions options = new();
        _client.Script = (heard, given, _) =>
        {
            (messages, options) = (heard, given);
            return Updates(new ChatResponseUpdate(ChatRole.Assistant, "ok"));
        };

        using var response = await CallAsync("""
            {"model":"alone","max_completion_tokens":50,"temperature":0.5,"top_p":0.25,"top_k":3,"frequency_penalty":1,"presence_penalty":-1,"seed":7,"stop":"END","reasoning_effort":"low",
             "parallel_tool_calls":false,"tool_choice":{"type":"function","function":{"name":"add"}},"x_own":{"a":1},"logit_bias":{"1":2},"user":"ann","store":false,
             "tools":[{"type":"function","function":{"name":"add","description":"Adds","parameters":{"type":"object","properties":{"a":{"type":"number"}}}}}],
             "response_format":{"type":"json_schema","json_schema":{"name":"sum","schema":{"type":"object"}}},
             "messages":[
              {"role":"developer","content":"Be brief."},
              {"role":"user","name":"ann","content":[{"type":"text","text":"What is it?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AQID"}},{"type":"image_url","image_url":{"url":"https://x.test/a.png"}}]},
              {"role":"assistant","content":null,"thinking_blocks":[{"type":"thinking","thinking":"Hm","signature":"sig"}],"tool_calls":[{"id":"call_1","type":"function","function":{"name":"add","arguments":"{\"a\":2}"}}]},
              {"role":"tool","tool_call_id":"call_1","content":[{"type":"text","text":"4"}]}]}
            """);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("x-gateway-target").ShouldBe(["mine/m"]);
        response.Headers.GetValues("x-gateway-warnings").ShouldBe(["logit_bias is not supported by m and was ignored; user is not supported by m and was ignored"]);
        messages.Select(message => message.Role).ShouldBe([ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.Tool]);
        messages[0].Text.ShouldBe("Be brief.");
        messages[1].AuthorName.ShouldBe("ann");
        messages[1].Contents[0].ShouldBeOfType<TextContent>().Text.ShouldBe("What is it?");
        messages[1].Contents[1].ShouldBeOfType<DataContent>().ShouldSatisfyAllConditions(data => data.MediaType.ShouldBe("image/png"), data => data.Data.ToArray().ShouldBe([1, 2, 3]));
        messages[1].Contents[2].ShouldBeOfType<UriContent>().Uri.AbsoluteUri.ShouldBe("https://x.test/a.png");
        messages[2].Contents[0].ShouldBeOfType<TextReasoningContent>().ShouldSatisfyAllConditions(thought => thought.Text.ShouldBe("Hm"), thought => thought.ProtectedData.ShouldBe("sig"));
        var call = messages[2].Contents[1].ShouldBeOfType<FunctionCallContent>();
        (call.CallId, call.Name, ((JsonElement)call.Arguments!["a"]!).GetInt32()).ShouldBe(("call_1", "add", 2));
        messages[3].Contents[0].ShouldBeOfType<FunctionResultContent>().ShouldSatisfyAllConditions(result => result.CallId.ShouldBe("call_1"), result => result.Result.ShouldBe("4"));
        (options.ModelId, options.MaxOutputTokens, options.Temperature, options.TopP, options.TopK).ShouldBe(("m", 50, 0.5f, 0.25f, 3));
        (options.FrequencyPenalty, options.PresencePenalty, options.Seed, options.AllowMultipleToolCalls).ShouldBe((1f, -1f, 7L, false));
        options.StopSequences.ShouldBe(["END"]);
        options.Reasoning!.Effort.ShouldBe(ReasoningEffort.Low);
        options.ToolMode.ShouldBe(ChatToolMode.RequireSpecific("add"));
        var tool = options.Tools!.Single().ShouldBeAssignableTo<AIFunctionDeclaration>()!;
        (tool.Name, tool.Description, tool is AIFunction).ShouldBe(("add", "Adds", false));
        tool.JsonSchema.GetProperty("properties").GetProperty("a").GetProperty("type").GetString().ShouldBe("number");
        options.ResponseFormat.ShouldBeOfType<ChatResponseFormatJson>().ShouldSatisfyAllConditions(json => json.SchemaName.ShouldBe("sum"), json => json.Schema!.Value.GetRawText().ShouldBe("""{"type":"object"}"""));
        options.AdditionalProperties!.Keys.ShouldBe(["x_own"]);
    }

    [Theory]
    [InlineData(""" "n":2 """, "n")]
    [InlineData(""" "temperature":"hot" """, "temperature")]
    [InlineData(""" "stop":[1] """, "stop")]
    [InlineData(""" "tools":[{"type":"custom"}] """, "tools[0]")]
    [InlineData(""" "tool_choice":"perhaps" """, "tool_choice")]
    [InlineData(""" "response_format":{"type":"xml"} """, "response_format")]
    [InlineData(""" "functions":[] """, "functions")]
    [Trait("Requirement", "V7.3")]
    public async Task What_it_cannot_carry_is_refused(string field, string param)
    {
        using var response = await CallAsync($$"""{"model":"alone",{{Hello}},{{field}}}""");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["error"]!["param"]!.ToString().ShouldBe(param);
    }

    [Theory]
    [InlineData("""{"role":"critic","content":"x"}""", "messages[0].role")]
    [InlineData("""{"role":"user","content":[{"type":"video"}]}""", "messages[0].content[0]")]
    [InlineData("""{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,%%"}}]}""", "messages[0].content[0].image_url")]
    [InlineData("""{"role":"user","content":[{"type":"image_url","image_url":{"url":"ftp://x"}}]}""", "messages[0].content[0].image_url")]
    [InlineData("""{"role":"tool","content":"4"}""", "messages[0].tool_call_id")]
    [InlineData("""{"role":"assistant","tool_calls":[{"id":"c","function":{"name":"add","arguments":"{"}}]}""", "messages[0].tool_calls[0].function.arguments")]
    [Trait("Requirement", "V7.3")]
    public async Task A_message_that_it_cannot_carry_is_refused(string message, string param)
    {
        using var response = await CallAsync($$"""{"model":"alone","messages":[{{message}}]}""");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["error"]!["param"]!.ToString().ShouldBe(param);
    }

    [Fact]
    public async Task Reasoning_comes_back_with_what_the_client_wants_returned()
    {
        _client.Script = (_, _, _) => Updates(
            new ChatResponseUpdate(ChatRole.Assistant, [new TextReasoningContent("Hm") { ProtectedData = "sig" }, new TextContent("Yes")]) { ResponseId = "answer-1", CreatedAt = DateTimeOffset.FromUnixTimeSeconds(1_795_240_968), FinishReason = ChatFinishReason.Length });

        using var whole = await CallAsync($$"""{"model":"alone",{{Hello}}}""");
        using var streamed = await CallAsync($$"""{"model":"alone","stream":true,{{Hello}}}""");

        (await whole.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(
            """{"id":"answer-1","object":"chat.completion","created":1795240968,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Yes","refusal":null,"reasoning_content":"Hm","thinking_blocks":[{"type":"thinking","thinking":"Hm","signature":"sig"}]},"logprobs":null,"finish_reason":"length"}]}""");
        var chunks = await streamed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        chunks.ShouldContain("""{"reasoning_content":"Hm"}""");
        chunks.ShouldContain("""{"thinking_blocks":[{"type":"thinking","thinking":"Hm","signature":"sig"}]}""");
        chunks.ShouldContain("\"finish_reason\":\"length\"");
        chunks.ShouldEndWith("data: [DONE]\n\n");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Requirement", "G1.2")]
    public async Task A_client_that_fails_before_its_first_word_gives_way_to_the_next_target(bool stream)
    {
        _client.Script = (_, _, _) => Failing(new InvalidOperationException("secret of the client"));

        using var backed = await CallAsync($$"""{"model":"backed","stream":{{(stream ? "true" : "false")}},{{Hello}}}""");
        using var alone = await CallAsync($$"""{"model":"alone","stream":{{(stream ? "true" : "false")}},{{Hello}}}""");

        backed.StatusCode.ShouldBe(HttpStatusCode.OK);
        backed.Headers.GetValues("x-gateway-target").ShouldBe(["local/phi"]);
        alone.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await alone.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("secret");
        _gateway.Log.Lines.ShouldContain(line => line.Exception is InvalidOperationException && line.Message.Contains("mine/m", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "G1.2")]
    public async Task A_client_that_fails_in_the_middle_ends_the_stream_with_an_error()
    {
        _client.Script = (_, _, _) => Failing(new InvalidOperationException("secret of the client"), new ChatResponseUpdate(ChatRole.Assistant, "Half"));

        using var response = await CallAsync($$"""{"model":"backed","stream":true,{{Hello}}}""");
        var chunks = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        chunks.ShouldContain("\"content\":\"Half\"");
        chunks.ShouldContain("\"code\":\"upstream_error\"");
        chunks.ShouldNotContain("[DONE]");
        chunks.ShouldNotContain("secret");
    }

    [Fact]
    public async Task The_statuses_that_a_client_meets_count_as_they_do_elsewhere()
    {
        _client.Script = (_, _, _) => Failing(new HttpRequestException("denied", null, HttpStatusCode.Unauthorized));

        using var response = await CallAsync($$"""{"model":"alone",{{Hello}}}""");

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("refused the gateway's credential");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_learns_that_the_caller_left(bool stream)
    {
        var asked = new TaskCompletionSource();
        var left = new TaskCompletionSource();
        _client.Script = (_, _, cancellationToken) => Waiting(asked, left, cancellationToken);
        using var leaving = new CancellationTokenSource();

        var call = CallAsync($$"""{"model":"alone","stream":{{(stream ? "true" : "false")}},{{Hello}}}""", leaving.Token);
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call);
        await left.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    [Trait("Requirement", "B6.5")]
    public async Task It_makes_no_embeddings()
    {
        using var content = new StringContent("""{"model":"alone","input":"x"}""", Encoding.UTF8, "application/json");
        using var response = await _caller.PostAsync("/v1/embeddings", content, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static IAsyncEnumerable<ChatResponseUpdate> Updates(params ChatResponseUpdate[] updates) => updates.ToAsyncEnumerable();

    private static async IAsyncEnumerable<ChatResponseUpdate> Failing(Exception failure, params ChatResponseUpdate[] before)
    {
        foreach (var update in before)
        {
            await Task.Yield();
            yield return update;
        }

        throw failure;
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Waiting(TaskCompletionSource asked, TaskCompletionSource left, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        asked.SetResult();
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        finally
        {
            left.SetResult();
        }

        yield break;
    }

    private async Task<HttpResponseMessage> CallAsync(string body, CancellationToken? cancellationToken = null)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _caller.PostAsync("/v1/chat/completions", content, cancellationToken ?? TestContext.Current.CancellationToken);
    }
}
