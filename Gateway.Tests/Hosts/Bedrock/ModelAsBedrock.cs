using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Hosts.Bedrock;

/// <summary>Answers Bedrock's requests with the simulated model's answers: Converse turned into OpenAI's API, the way back of what the gateway does, and written apart from it.</summary>
internal sealed class ModelAsBedrock(HttpClient model)
{
    public Task AnswerAsync(BedrockExchange exchange) => exchange.Verb switch
    {
        "invoke" => EmbedAsync(exchange),
        "converse" => ConverseAsync(exchange),
        _ => StreamAsync(exchange),
    };

    private async Task EmbedAsync(BedrockExchange exchange)
    {
        var request = new JsonObject { ["model"] = exchange.Model, ["input"] = (string?)exchange.Body["inputText"], ["encoding_format"] = "float" };
        if (exchange.Body["dimensions"] is { } dimensions)
        {
            request["dimensions"] = (int)dimensions;
        }

        using var response = await model.PostAsJsonAsync("/v1/embeddings", request, exchange.Http.RequestAborted);
        var reply = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        await exchange.JsonAsync(new JsonObject { ["embedding"] = reply["data"]![0]!["embedding"]!.DeepClone(), ["inputTextTokenCount"] = (int)reply["usage"]!["prompt_tokens"]! });
    }

    private async Task ConverseAsync(BedrockExchange exchange)
    {
        using var response = await model.PostAsJsonAsync("/v1/chat/completions", RequestOf(exchange, stream: false), exchange.Http.RequestAborted);
        var reply = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        if (!response.IsSuccessStatusCode)
        {
            await exchange.ErrorAsync(400, "ValidationException", (string)reply["error"]!["message"]!);
            return;
        }

        var message = reply["choices"]![0]!["message"]!;
        var content = new List<JsonObject>();
        if ((string?)message["content"] is { Length: > 0 } text)
        {
            content.Add(BedrockExchange.Text(text));
        }

        foreach (var call in message["tool_calls"]?.AsArray() ?? [])
        {
            content.Add(BedrockExchange.ToolUse((string)call!["id"]!, (string)call["function"]!["name"]!, JsonNode.Parse((string)call["function"]!["arguments"]!)!.AsObject()));
        }

        var answer = BedrockExchange.Reply(StopReasonOf((string?)reply["choices"]![0]!["finish_reason"]), [.. content]);
        answer["usage"] = UsageOf(reply["usage"]!);
        exchange.Http.Response.Headers["x-amzn-requestid"] = IdOf(reply);
        await exchange.JsonAsync(answer);
    }

    private async Task StreamAsync(BedrockExchange exchange)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = JsonContent.Create(RequestOf(exchange, stream: true)) };
        using var response = await model.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, exchange.Http.RequestAborted);
        if (!response.IsSuccessStatusCode)
        {
            var error = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
            await exchange.ErrorAsync(400, "ValidationException", (string)error["error"]!["message"]!);
            return;
        }

        try
        {
            await CopyAsync(exchange, new StreamReader(await response.Content.ReadAsStreamAsync(exchange.Http.RequestAborted)));
        }
        catch (IOException)
        {
            exchange.Http.Abort();
        }
    }

    private static async Task CopyAsync(BedrockExchange exchange, StreamReader lines)
    {
        var (block, isTool, hasBegun) = (-1, false, false);
        while (await lines.ReadLineAsync(exchange.Http.RequestAborted) is { } line)
        {
            if (!line.StartsWith("data: {", StringComparison.Ordinal))
            {
                continue;
            }

            var chunk = JsonNode.Parse(line["data: ".Length..])!;
            if (!hasBegun)
            {
                hasBegun = true;
                exchange.Http.Response.Headers["x-amzn-requestid"] = IdOf(chunk);
                exchange.BeginStream();
                await SendAsync(exchange, EventFrames.Start);
            }

            if (chunk["choices"]!.AsArray() is not [{ } choice, ..])
            {
                await SendAsync(exchange, EventFrames.Event("metadata", new JsonObject { ["usage"] = UsageOf(chunk["usage"]!), ["metrics"] = new JsonObject { ["latencyMs"] = 1 } }));
                continue;
            }

            if ((string?)choice["delta"]!["content"] is { Length: > 0 } text)
            {
                block = Math.Max(block, 0);
                await SendAsync(exchange, EventFrames.Text(text, block));
            }

            foreach (var call in choice["delta"]!["tool_calls"]?.AsArray() ?? [])
            {
                if ((string?)call!["id"] is { } id)
                {
                    await EndBlockAsync(exchange, block);
                    (block, isTool) = (block + 1, true);
                    await SendAsync(exchange, EventFrames.ToolStart(block, id, (string)call["function"]!["name"]!));
                }

                await SendAsync(exchange, EventFrames.ToolInput(block, (string?)call["function"]?["arguments"] ?? ""));
            }

            if ((string?)choice["finish_reason"] is { } reason)
            {
                await EndBlockAsync(exchange, block);
                await SendAsync(exchange, EventFrames.Stop(isTool && reason == "tool_calls" ? "tool_use" : StopReasonOf(reason)));
            }
        }
    }

    private static Task EndBlockAsync(BedrockExchange exchange, int block) => block < 0 ? Task.CompletedTask : SendAsync(exchange, EventFrames.BlockStop(block));

    private static async Task SendAsync(BedrockExchange exchange, byte[] frame)
    {
        await exchange.Http.Response.Body.WriteAsync(frame, exchange.Http.RequestAborted);
        await exchange.Http.Response.Body.FlushAsync(exchange.Http.RequestAborted);
    }

    private static JsonObject RequestOf(BedrockExchange exchange, bool stream)
    {
        var body = exchange.Body;
        var messages = new JsonArray();
        var system = string.Join('\n', (body["system"]?.AsArray() ?? []).Select(block => (string?)block!["text"]));
        if (system.Length > 0)
        {
            messages.Add(new JsonObject { ["role"] = "system", ["content"] = system });
        }

        foreach (var message in body["messages"]!.AsArray())
        {
            AddMessages(messages, (string)message!["role"]!, message["content"]!.AsArray());
        }

        var request = new JsonObject { ["model"] = exchange.Model, ["messages"] = messages, ["stream"] = stream };
        if (stream)
        {
            request["stream_options"] = new JsonObject { ["include_usage"] = true };
        }

        if (system.Contains("one JSON object", StringComparison.Ordinal))
        {
            request["response_format"] = new JsonObject { ["type"] = "json_object" };
        }

        AddInference(request, body["inferenceConfig"]);
        AddTools(request, body["toolConfig"]);
        return request;
    }

    private static void AddMessages(JsonArray messages, string role, JsonArray blocks)
    {
        foreach (var result in blocks.Select(block => block!["toolResult"]).Where(result => result is not null))
        {
            messages.Add(new JsonObject { ["role"] = "tool", ["tool_call_id"] = (string?)result!["toolUseId"], ["content"] = TextOf(result["content"]!.AsArray()) });
        }

        var text = TextOf(blocks);
        var calls = blocks.Select(block => block!["toolUse"]).Where(use => use is not null).Select(use => (JsonNode)new JsonObject
        {
            ["id"] = (string?)use!["toolUseId"],
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = (string?)use["name"], ["arguments"] = use["input"]!.ToJsonString() },
        }).ToArray();
        if (text.Length == 0 && calls.Length == 0)
        {
            return;
        }

        var message = new JsonObject { ["role"] = role, ["content"] = text.Length > 0 ? text : null };
        if (calls.Length > 0)
        {
            message["tool_calls"] = new JsonArray(calls);
        }

        messages.Add(message);
    }

    private static void AddInference(JsonObject request, JsonNode? inference)
    {
        foreach (var (ours, theirs) in new[] { ("max_tokens", "maxTokens"), ("temperature", "temperature"), ("top_p", "topP"), ("stop", "stopSequences") })
        {
            if (inference?[theirs] is { } value)
            {
                request[ours] = value.DeepClone();
            }
        }
    }

    private static void AddTools(JsonObject request, JsonNode? config)
    {
        if (config is null)
        {
            return;
        }

        request["tools"] = new JsonArray([.. config["tools"]!.AsArray().Select(tool => tool!["toolSpec"]!).Select(spec => (JsonNode)new JsonObject
        {
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = (string?)spec["name"], ["description"] = (string?)spec["description"] ?? "", ["parameters"] = spec["inputSchema"]!["json"]!.DeepClone() },
        })]);
        request["tool_choice"] = config["toolChoice"] switch
        {
            { } choice when choice["any"] is not null => "required",
            { } choice when choice["tool"] is { } named => new JsonObject { ["type"] = "function", ["function"] = new JsonObject { ["name"] = (string?)named["name"] } },
            _ => "auto",
        };
    }

    private static string TextOf(JsonArray blocks) => string.Concat(blocks.Select(block => (string?)block!["text"]));

    private static JsonObject UsageOf(JsonNode usage) =>
        new() { ["inputTokens"] = (int)usage["prompt_tokens"]!, ["outputTokens"] = (int)usage["completion_tokens"]!, ["totalTokens"] = (int)usage["total_tokens"]! };

    private static string StopReasonOf(string? reason) => reason switch { "length" => "max_tokens", "tool_calls" => "tool_use", "content_filter" => "content_filtered", _ => "end_turn" };

    private static string IdOf(JsonNode reply) => ((string)reply["id"]!)["chatcmpl-".Length..];
}
