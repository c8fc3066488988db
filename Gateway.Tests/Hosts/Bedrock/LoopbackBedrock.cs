using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Tests.Hosts.Bedrock;

/// <summary>
/// Bedrock's runtime on loopback: takes Converse requests as strictly as the real one (<see cref="ConverseRules"/>), keeps what it was
/// sent, and answers as the test says, with binary frames over a real socket where it streams.
/// </summary>
public sealed class LoopbackBedrock : LoopbackHost
{
    private LoopbackBedrock(WebApplication app, LogRecorder log) : base(app, log)
    {
    }

    internal ConcurrentQueue<BedrockExchange> Exchanges { get; private init; } = [];

    internal BedrockExchange Last => Exchanges.Last();

    internal static async Task<LoopbackBedrock> StartAsync(Func<BedrockExchange, Task>? answer = null)
    {
        var exchanges = new ConcurrentQueue<BedrockExchange>();
        var (app, log) = await StartAsync(new Dictionary<string, string?>(), _ => { }, app => app.Run(http => AnswerAsync(http, exchanges, answer ?? Hello)));
        return new LoopbackBedrock(app, log) { Exchanges = exchanges };
    }

    private static Task Hello(BedrockExchange exchange) =>
        exchange.Verb == "converse-stream" ? exchange.StreamAsync(EventFrames.Answer("Hel", "lo")) : exchange.ContentAsync("end_turn", BedrockExchange.Text("Hello"));

    private static async Task AnswerAsync(HttpContext http, ConcurrentQueue<BedrockExchange> exchanges, Func<BedrockExchange, Task> answer)
    {
        // As it was sent: /model/arn%3Aaws…%2Fprofile/converse
        var path = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('/');
        var body = await JsonNode.ParseAsync(http.Request.Body) as JsonObject ?? [];
        var exchange = new BedrockExchange(http, path.Length == 4 ? Uri.UnescapeDataString(path[2]) : "", path[^1], body);
        exchanges.Enqueue(exchange);
        var fault = path is not ["", "model", _, "converse" or "converse-stream" or "invoke"] ? "Unknown operation."
            : exchange.Verb == "invoke" ? null
            : ConverseRules.Fault(body);
        await (fault is null ? answer(exchange) : exchange.ErrorAsync(400, "ValidationException", fault));
    }
}
