using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Access;
using Gateway.Tests.Hosts.Bedrock;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Providers.Bedrock;

/// <summary>bedrock.md, section 1: how Bedrock is reached, and with whose credentials.</summary>
public sealed class AccessTests
{
    private const string LongTerm = "ABSKQmVkcm9ja0FQSUtleS1zZWNyZXQ6c2VjcmV0";
    private const string ShortTerm = "bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29tLz9BY3Rpb249Q2FsbA==";

    [Theory]
    [InlineData("anthropic.claude-3-haiku-20240307-v1:0", "/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse")]
    [InlineData("arn:aws:bedrock:eu-central-1:1:inference-profile/eu.x", "/model/arn%3Aaws%3Abedrock%3Aeu-central-1%3A1%3Ainference-profile%2Feu.x/converse")]
    [Trait("Requirement", "B8.3")]
    public async Task S1_1_The_model_id_is_escaped_whole(string model, string path)
    {
        await using var gateway = await BedrockGateway.StartAsync(model: model);

        using var response = await gateway.ChatAsync();
        using var stream = await gateway.ChatAsync("\"stream\":true");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("x-gateway-target").Single().ShouldBe($"bedrock/{model}");
        gateway.Bedrock.Exchanges.Select(exchange => exchange.RawTarget).ShouldBe([path, $"{path}-stream"]);
    }

    [Fact]
    public async Task S1_2_The_providers_key_comes_before_the_variable_and_that_before_a_signature()
    {
        (string, string)[] own = [("OWN_KEY", "ABSKown"), ("Gateway:Providers:bedrock:ApiKey", "env:OWN_KEY")];
        (string, string)[] credentials = [("Gateway:Providers:bedrock:UseAwsCredentials", "true"), ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "secret"), ("AWS_SESSION_TOKEN", "session")];

        (await AuthorizationAsync(BedrockGateway.ApiKey, [.. own, .. credentials])).ShouldBe("Bearer ABSKown");
        (await AuthorizationAsync(BedrockGateway.ApiKey, credentials)).ShouldBe($"Bearer {BedrockGateway.ApiKey}");
        (await AuthorizationAsync("", credentials)).ShouldStartWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/");
    }

    [Theory]
    [InlineData(LongTerm)]
    [InlineData(ShortTerm)]
    [Trait("Requirement", "B1.1")]
    [Trait("Requirement", "B5.3")]
    public async Task S1_3_A_callers_own_token_goes_to_Bedrock_as_it_is_and_stays_nowhere(string token)
    {
        await using var gateway = await BedrockGateway.StartAsync();
        using var caller = gateway.Gateway.ClientWith(token);

        using var response = await gateway.ChatAsync(caller: caller);
        var authorization = gateway.Bedrock.Last.Authorization;
        using var stream = await gateway.ChatAsync("\"stream\":true", caller);
        using var other = await gateway.ChatAsync();

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        authorization.ShouldBe($"Bearer {token}");
        gateway.Bedrock.Last.Authorization.ShouldBe($"Bearer {BedrockGateway.ApiKey}");
        gateway.Gateway.Log.Lines.ShouldAllBe(line => !line.Message.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "B5.1")]
    [Trait("Requirement", "B5.2")]
    [Trait("Requirement", "B5.4")]
    [Trait("Requirement", "B7.2")]
    public async Task S1_3_A_token_that_Bedrock_refuses_is_401_and_not_repeated()
    {
        await using var gateway = await BedrockGateway.StartAsync(exchange => exchange.ErrorAsync(403, "AccessDeniedException", $"Bad token {exchange.Authorization}"));
        using var caller = gateway.Gateway.ClientWith(LongTerm);

        using var response = await gateway.ChatAsync(caller: caller);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var error = (await BedrockGateway.JsonOf(response))["error"]!;
        ((string?)error["code"]).ShouldBe("invalid_api_key");
        error.ToJsonString().ShouldNotContain(LongTerm);
        gateway.Gateway.Log.Lines.ShouldAllBe(line => !line.Message.Contains(LongTerm, StringComparison.Ordinal));
    }

    [Fact]
    public async Task S1_3_A_callers_token_buys_Bedrock_alone()
    {
        await using var gateway = await BedrockGateway.StartAsync();
        using var caller = gateway.Gateway.ClientWith(LongTerm);

        using var other = await gateway.PostAsync("/v1/embeddings", """{"model":"local-embeddings","input":"x"}""", caller);
        using var unknown = await gateway.PostAsync("/v1/embeddings", """{"model":"gpt-17","input":"x"}""", caller);
        using var admin = await caller.GetAsync("/admin/keys", TestContext.Current.CancellationToken);

        other.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        ((string?)(await BedrockGateway.JsonOf(other))["error"]!["code"]).ShouldBe("model_not_allowed");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        admin.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        gateway.Bedrock.Exchanges.ShouldBeEmpty();
    }

    [Fact]
    public async Task S1_3_A_callers_token_skips_targets_elsewhere()
    {
        await using var gateway = await BedrockGateway.StartAsync();
        using var caller = gateway.Gateway.ClientWith(LongTerm);

        // Its first target is the local model, which would fail here: nothing but Bedrock listens.
        using var response = await gateway.PostAsync("/v1/chat/completions", """{"model":"phi-3-mini","messages":[{"role":"user","content":"Hi"}]}""", caller);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("x-gateway-attempts").Single().ShouldBe("1");
    }

    [Fact]
    public async Task S1_3_No_token_is_taken_where_pass_through_is_off()
    {
        await using var gateway = await BedrockGateway.StartAsync(settings: ("Gateway:Access:BedrockPassThrough", "false"));
        using var caller = gateway.Gateway.ClientWith(LongTerm);

        using var response = await gateway.ChatAsync(caller: caller);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("ABSK");
        gateway.Bedrock.Exchanges.ShouldBeEmpty();
    }

    [Fact]
    public void S1_3_Each_token_is_somebody_of_its_own()
    {
        var now = DateTimeOffset.UnixEpoch;
        var (one, other) = (KeyHash.Of(LongTerm), KeyHash.Of(ShortTerm));

        var first = BedrockToken.IdentityOf(one, now);

        first.Tenant.ShouldBe(BedrockToken.IdentityOf(one, now).Tenant);
        first.Tenant.ShouldNotBe(BedrockToken.IdentityOf(other, now).Tenant);
        first.ToString().ShouldNotContain(LongTerm);
    }

    [Fact]
    [Trait("Requirement", "B6.2")]
    [Trait("Requirement", "B8.2")]
    public async Task The_list_shows_Bedrocks_models_where_they_can_be_used()
    {
        await using var with = await BedrockGateway.StartAsync();
        await using var without = await BedrockGateway.StartAsync(null, "some.model", apiKey: "");
        using var stranger = without.Gateway.ClientWith(LongTerm);

        (await ModelsAsync(with.Caller)).ShouldContain("m");
        (await ModelsAsync(with.Caller)).ShouldContain("phi-3-mini");
        (await ModelsAsync(without.Caller)).ShouldNotContain("m");
        (await ModelsAsync(without.Caller)).ShouldContain("phi-3-mini");
        (await ModelsAsync(stranger)).ShouldContain("m");
        (await ModelsAsync(stranger)).ShouldNotContain("local-embeddings");
        using var refused = await without.ChatAsync();
        refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        without.Gateway.Log.Lines.ShouldContain(line => line.Message.Contains("AWS_BEARER_TOKEN_BEDROCK", StringComparison.Ordinal) && line.Message.Contains("bedrock", StringComparison.Ordinal));
    }

    [Fact]
    public async Task S1_4_A_text_is_completed_as_one_users_message_and_a_list_in_its_order()
    {
        await using var gateway = await BedrockGateway.StartAsync(exchange => exchange.ContentAsync("end_turn", BedrockExchange.Text($"{exchange.Body["messages"]![0]!["content"]![0]!["text"]}!")));

        using var one = await gateway.PostAsync("/v1/completions", """{"model":"m","prompt":"a","max_tokens":5}""");
        using var two = await gateway.PostAsync("/v1/completions", """{"model":"m","prompt":["a","b","c"]}""");
        using var tokens = await gateway.PostAsync("/v1/completions", """{"model":"m","prompt":[1,2]}""");

        var reply = await BedrockGateway.JsonOf(one);
        Schemas.OpenAISchemas.ShouldBeTextCompletion(reply.ToJsonString());
        ((string?)reply["choices"]![0]!["text"]).ShouldBe("a!");
        var list = await BedrockGateway.JsonOf(two);
        list["choices"]!.AsArray().Select(choice => ((int)choice!["index"]!, (string?)choice["text"])).ShouldBe([(0, "a!"), (1, "b!"), (2, "c!")]);
        ((int)list["usage"]!["prompt_tokens"]!).ShouldBe(90);
        tokens.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task S1_4_A_completion_streams()
    {
        await using var gateway = await BedrockGateway.StartAsync(exchange => exchange.StreamAsync(EventFrames.Answer("Hel", "lo")));

        using var response = await gateway.PostAsync("/v1/completions", """{"model":"m","prompt":"a","stream":true,"stream_options":{"include_usage":true}}""");

        var chunks = Schemas.OpenAIStreams.ShouldBeTextStream(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), usage: true);
        string.Concat(chunks.SelectMany(chunk => chunk["choices"]!.AsArray()).Select(choice => (string?)choice!["text"])).ShouldBe("Hello");
    }

    [Fact]
    public async Task Replies_of_one_connection_are_pooled()
    {
        await using var gateway = await BedrockGateway.StartAsync();

        for (var i = 0; i < 3; i++)
        {
            using var response = await gateway.ChatAsync();
        }

        gateway.Bedrock.Exchanges.Select(exchange => exchange.Connection).Distinct().ShouldHaveSingleItem();
    }

    private static async Task<List<string>> ModelsAsync(HttpClient caller) =>
        [.. (await caller.GetFromJsonAsync<JsonObject>("/v1/models"))!["data"]!.AsArray().Select(model => (string)model!["id"]!)];

    private static async Task<string?> AuthorizationAsync(string apiKey, params (string Key, string Value)[] settings)
    {
        await using var gateway = await BedrockGateway.StartAsync(null, "some.model", apiKey, settings);
        using var response = await gateway.ChatAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return gateway.Bedrock.Last.Authorization;
    }
}
