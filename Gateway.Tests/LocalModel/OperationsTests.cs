using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Gateway.Tests.LocalModel;

public sealed class OperationsTests(ModelServer server) : IClassFixture<ModelServer>
{
    [Fact]
    public async Task Models_are_listed_and_found_by_plain_and_escaped_names()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var list = (await server.Client.GetFromJsonAsync<JsonNode>("/v1/models", cancellation))!["data"]!.AsArray();
        list.Select(model => model!["id"]!.GetValue<string>()).ShouldBe([ModelServer.ChatModel, ModelServer.EmbeddingModel]);
        list[0]!["max_model_len"]!.GetValue<int>().ShouldBe(4096);
        foreach (var name in new[] { ModelServer.ChatModel, Uri.EscapeDataString(ModelServer.ChatModel) })
        {
            (await server.Client.GetStringAsync($"/v1/models/{name}", cancellation)).ShouldBe(list[0]!.ToJsonString());
        }

        using var unknown = await server.Client.GetAsync("/v1/models/nope", cancellation);
        ((int)unknown.StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task Metrics_speak_vLLMs_names_and_count_what_was_answered()
    {
        var answer = await server.ChatAsync("Explain tides");
        await server.EndedAsync(answer["id"]!.GetValue<string>());
        await server.EndedAsync((await server.ChatAsync("Explain tides", new { max_tokens = 3 }))["id"]!.GetValue<string>());

        var text = await server.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        var labels = $$"""{model_name="{{ModelServer.ChatModel}}",engine="0""";
        Value(text, $"vllm:num_requests_running{labels}\"}}").ShouldBe(0);
        Value(text, $"vllm:prompt_tokens_total{labels}\"}}").ShouldBe(2 * answer["usage"]!["prompt_tokens"]!.GetValue<int>());
        Value(text, $"vllm:generation_tokens_total{labels}\"}}").ShouldBe(3 + answer["usage"]!["completion_tokens"]!.GetValue<int>());
        Value(text, $"vllm:request_success_total{labels}\",finished_reason=\"stop\"}}").ShouldBe(1);
        Value(text, $"vllm:request_success_total{labels}\",finished_reason=\"length\"}}").ShouldBe(1);
        Value(text, $"vllm:e2e_request_latency_seconds_bucket{labels}\",le=\"+Inf\"}}").ShouldBe(2);
        Value(text, $"vllm:time_to_first_token_seconds_count{labels}\"}}").ShouldBe(2);
        Value(text, $"vllm:time_per_output_token_seconds_count{labels}\"}}").ShouldBe(2);
    }

    private static double Value(string text, string sample) =>
        double.Parse(Regex.Match(text, $"^{Regex.Escape(sample)} (.+)$", RegexOptions.Multiline).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
}
