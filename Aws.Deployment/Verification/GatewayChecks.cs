using System.Globalization;
using System.Text.Json.Nodes;

namespace Aws.Deployment.Verification;

/// <summary>What a gateway that works does, as its callers see it.</summary>
/// <param name="probe">Leads to the gateway.</param>
/// <param name="model">The alias to ask; null takes the first that is listed and is none for embeddings.</param>
/// <param name="origin">A page's origin that has to be allowed; null where there is none.</param>
internal sealed class GatewayChecks(GatewayProbe probe, string? model, string? origin)
{
    private const string SomeOrigin = "https://origin-of-nobody.example";
    private const string UnknownModel = "no-such-model-for-certain";
    private const string UnknownKey = "sk-gw-no-such-key-for-certain";
    private const string FallbackModel = "phi-3-mini";

    private string? _model = model;
    private ProbeReply? _chat;

    public IReadOnlyList<(string Name, Func<CancellationToken, Task<Finding>> Check)> All =>
    [
        ("health", HealthAsync),
        ("ready", ReadyAsync),
        ("models", ModelsAsync),
        ("model", ModelAsync),
        ("chat", ChatAsync),
        ("stream", StreamAsync),
        ("completions", CompletionsAsync),
        ("cors", CorsAsync),
        ("401 without a key", token => RefusalAsync(probe.GetAsAsync("v1/models", null, token), 401, "invalid_api_key")),
        ("401 with a wrong key", token => RefusalAsync(probe.GetAsAsync("v1/models", UnknownKey, token), 401, "invalid_api_key")),
        ("404 for an unknown model", token => RefusalAsync(probe.PostAsync(GatewayProbe.Chat, Question(UnknownModel), token), 404, "model_not_found")),
        ("404 for an unknown route", UnknownRouteAsync),
        ("400 for a bad request", token => RefusalAsync(probe.PostAsync(GatewayProbe.Chat, new JsonObject { ["model"] = Model }, token), 400, null)),
        ("limits", LimitsAsync),
        ("products", ProductsAsync),
    ];

    private string Model => _model ?? FallbackModel;

    private async Task<Finding> HealthAsync(CancellationToken cancellationToken)
    {
        var reply = await probe.GetAsAsync("health", null, cancellationToken);
        return reply.Status == 200 ? Finding.Passed() : Finding.Failed("HTTP 200", reply.ToString());
    }

    private async Task<Finding> ReadyAsync(CancellationToken cancellationToken)
    {
        var reply = await probe.GetAsAsync("health/ready", null, cancellationToken);
        return reply.Status == 200 && reply.At("status") is { } status ? Finding.Passed(status) : Finding.Failed("HTTP 200 with a status", reply.ToString());
    }

    private async Task<Finding> ModelsAsync(CancellationToken cancellationToken)
    {
        var reply = await probe.GetAsync("v1/models", cancellationToken);
        if (reply.Status != 200 || reply.At("object") != "list" || reply.At("data.0.id") is null)
        {
            return Finding.Failed("HTTP 200 with a list of one model or more", reply.ToString());
        }

        var ids = reply.Json!["data"]!.AsArray().Select(entry => (string?)entry?["id"]).OfType<string>().ToList();
        _model ??= ids.Contains(FallbackModel) ? FallbackModel : ids.FirstOrDefault(id => !id.Contains("embed", StringComparison.OrdinalIgnoreCase)) ?? ids[0];
        return ids.Contains(Model) ? Finding.Passed(string.Join(", ", ids)) : Finding.Failed($"{Model} in the list", string.Join(", ", ids));
    }

    private async Task<Finding> ModelAsync(CancellationToken cancellationToken)
    {
        var reply = await probe.GetAsync($"v1/models/{Uri.EscapeDataString(Model)}", cancellationToken);
        return reply.Status == 200 && reply.At("id") == Model ? Finding.Passed() : Finding.Failed($"HTTP 200 with the id {Model}", reply.ToString());
    }

    private async Task<Finding> ChatAsync(CancellationToken cancellationToken)
    {
        var reply = _chat = await probe.PostAsync(GatewayProbe.Chat, Question(Model), cancellationToken);
        return reply.Status == 200 && reply.At("choices.0.message.content") is { Length: > 0 } && reply.At("usage.total_tokens") is not (null or "0") && reply.Header("x-request-id") is not null
            ? Finding.Passed($"{reply.Header("x-gateway-target") ?? Model}, {reply.At("usage.total_tokens")} tokens")
            : Finding.Failed("HTTP 200 with a message, its usage and x-request-id", reply.ToString());
    }

    private async Task<Finding> StreamAsync(CancellationToken cancellationToken)
    {
        var question = Question(Model);
        question["stream"] = true;
        var reply = await probe.PostAsync(GatewayProbe.Chat, question, cancellationToken);
        var events = reply.Text.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).ToList();
        var isWhole = reply.Text.TrimEnd().EndsWith("data: [DONE]", StringComparison.Ordinal);
        return reply.Status == 200 && events.Exists(line => line.Contains("\"content\"", StringComparison.Ordinal)) && isWhole
            ? Finding.Passed(string.Create(CultureInfo.InvariantCulture, $"{events.Count} events"))
            : Finding.Failed("HTTP 200 with events that hold content and end with [DONE]", reply.ToString());
    }

    private async Task<Finding> CompletionsAsync(CancellationToken cancellationToken)
    {
        var reply = await probe.PostAsync("v1/completions", new JsonObject { ["model"] = Model, ["prompt"] = "One, two,", ["max_tokens"] = 8 }, cancellationToken);
        return reply.Status == 200 && reply.At("choices.0.text") is not null ? Finding.Passed()
            : reply.Status == 400 ? Finding.Skipped($"{Model} has none: {reply.At("error.message")}")
            : Finding.Failed("HTTP 200 with a text", reply.ToString());
    }

    private async Task<Finding> CorsAsync(CancellationToken cancellationToken)
    {
        var reply = await probe.PreflightAsync(GatewayProbe.Chat, origin ?? SomeOrigin, cancellationToken);
        var allowed = reply.Header("Access-Control-Allow-Origin");
        if (origin is null)
        {
            // Whoever echoes any origin and lets it send credentials has opened the caller's session to every page there is.
            return reply.Header("Access-Control-Allow-Credentials") != "true"
                ? Finding.Passed(allowed is null ? "pages of unknown origins may not call" : "pages of every origin may call")
                : Finding.Failed("no credentials of unknown origins", $"Access-Control-Allow-Origin: {allowed} with Access-Control-Allow-Credentials");
        }

        var methods = reply.Header("Access-Control-Allow-Methods") ?? "";
        var headers = reply.Header("Access-Control-Allow-Headers") ?? "";
        return reply.Status is 200 or 204 && (allowed == origin || allowed == "*") && Has(methods, "POST") && Has(headers, "authorization") && Has(headers, "content-type")
            ? Finding.Passed($"pages of {origin} may call")
            : Finding.Failed($"{origin} allowed to POST with authorization and content-type", $"HTTP {reply.Status}, origin: {allowed ?? "none"}, methods: {methods}, headers: {headers}");
    }

    private static bool Has(string list, string name) => list == "*" || list.Split(',', StringSplitOptions.TrimEntries).Contains(name, StringComparer.OrdinalIgnoreCase);

    // Where other routes are passed through to a provider, it is the provider's 404.
    private async Task<Finding> UnknownRouteAsync(CancellationToken cancellationToken)
    {
        var reply = await probe.GetAsync("v1/no-such-route", cancellationToken);
        return reply.Status == 404 && reply.At("error.message") is not null ? Finding.Passed() : Finding.Failed("HTTP 404 with an error in OpenAI's form", reply.ToString());
    }

    private Task<Finding> LimitsAsync(CancellationToken cancellationToken)
    {
        _ = cancellationToken;
        return Task.FromResult(_chat switch
        {
            null => Finding.Skipped("there was no answer to look at"),
            _ when LimitOf(_chat, "limit", "requests") is { } limit && LimitOf(_chat, "remaining", "requests") is { } left =>
                left <= limit && _chat.Header("x-ratelimit-reset-requests") is not null ? Finding.Passed($"{left} of {limit} requests left") : Finding.Failed("x-ratelimit-remaining-requests within the limit, and a reset", $"{left} of {limit}"),
            _ when LimitOf(_chat, "limit", "tokens") is { } limit => Finding.Passed($"{LimitOf(_chat, "remaining", "tokens")} of {limit} tokens left"),
            _ => Finding.Skipped("this key has no limits"),
        });
    }

    private static double? LimitOf(ProbeReply reply, string what, string unit) =>
        reply.Header($"x-ratelimit-{what}-{unit}") is { } text && double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    private async Task<Finding> ProductsAsync(CancellationToken cancellationToken)
    {
        var ask = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = 1,
            ["method"] = "initialize",
            ["params"] = new JsonObject { ["protocolVersion"] = "2025-06-18", ["capabilities"] = new JsonObject(), ["clientInfo"] = new JsonObject { ["name"] = "verify", ["version"] = "1" } },
        };
        var reply = await probe.PostAsync("mcp/products", ask, cancellationToken);
        return reply.Status switch
        {
            200 when reply.Text.Contains("serverInfo", StringComparison.Ordinal) => Finding.Passed(),
            404 => Finding.Skipped("no product server is configured"),
            503 when reply.At("error.message")?.Contains("without a product server", StringComparison.Ordinal) is true => Finding.Skipped("no product server is configured"),
            _ => Finding.Failed("the product server's name", reply.ToString()),
        };
    }

    private static async Task<Finding> RefusalAsync(Task<ProbeReply> asked, int status, string? code)
    {
        var reply = await asked;
        return reply.Status == status && reply.At("error.message") is not null && (code is null || reply.At("error.code") == code)
            ? Finding.Passed()
            : Finding.Failed($"HTTP {status} with an error in OpenAI's form{(code is null ? "" : $" and the code {code}")}", reply.ToString());
    }

    private static JsonObject Question(string model) => new()
    {
        ["model"] = model,
        ["max_tokens"] = 32,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "Say hello." }),
    };
}
