using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace AppHost;

/// <summary>Once the gateway is ready: makes sure that there is a development key, and prints what a newcomer pastes next.</summary>
internal static class Welcome
{
    public static async Task SayAsync(
        EndpointReference gateway,
        EndpointReference web,
        IResourceBuilder<ParameterResource> adminKey,
        LocalModelConnection localModel,
        StateFolder state,
        IConfiguration settings,
        CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = new Uri(gateway.Url) };
        try
        {
            var key = await DevelopmentKeyAsync(http, adminKey, state, cancellationToken);
            await Console.Out.WriteLineAsync(Text(gateway.Url, web.Url, key, localModel, state, settings));
        }
        catch (HttpRequestException failure)
        {
            await Console.Error.WriteLineAsync($"No development key could be made ({failure.Message}); make one with POST {gateway.Url}/admin/keys and the admin key in {state.AdminKeyFile}.");
        }
    }

    private static async Task<string> DevelopmentKeyAsync(
        HttpClient http, IResourceBuilder<ParameterResource> adminKey, StateFolder state, CancellationToken cancellationToken)
    {
        if (StateFolder.Read(state.DevelopmentKeyFile) is { } kept && await WorksAsync(http, kept, cancellationToken))
        {
            return kept;
        }

        var secret = await adminKey.Resource.GetValueAsync(cancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        using var response = await http.PostAsJsonAsync("/admin/keys", new { name = "development" }, cancellationToken);
        response.EnsureSuccessStatusCode();
        var created = await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
        var key = (string)created!["key"]!;
        StateFolder.Write(state.DevelopmentKeyFile, key);
        return key;
    }

    private static async Task<bool> WorksAsync(HttpClient http, string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        using var response = await http.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode;
    }

    private static string Text(string url, string web, string key, LocalModelConnection localModel, StateFolder state, IConfiguration settings)
    {
        var hasOpenAI = settings.HasSecret("openai-api-key") || !string.IsNullOrEmpty(settings["OPENAI_API_KEY"]);
        var hasBedrock = settings.HasSecret("bedrock-api-key") || !string.IsNullOrEmpty(settings["AWS_BEARER_TOKEN_BEDROCK"]) || !string.IsNullOrEmpty(settings["AWS_ACCESS_KEY_ID"]);
        return $$"""

            The gateway is ready at {{url}}/v1

              Local model: phi-3-mini, {{localModel.Description}}
              OpenAI:      {{(hasOpenAI ? "gpt-4o, gpt-4o-mini, text-embedding-3-small" : "not used (set Parameters:openai-api-key or OPENAI_API_KEY)")}}
              Bedrock:     {{(hasBedrock ? "claude-sonnet, claude-haiku, nova-lite, gpt-oss, titan-embeddings" : "only for a caller's own Bedrock API key, or where AWS credentials are found (Parameters:bedrock-api-key sets one)")}}
              Products:    over MCP at {{url}}/mcp/products, with the same key
              Playground:  {{web}}, for visitors without a key
              Admin key:   in {{state.AdminKeyFile}}, or as given by Parameters:admin-key

            Try it:

              curl {{url}}/v1/chat/completions \
                -H "Authorization: Bearer {{key}}" \
                -H "Content-Type: application/json" \
                -d '{"model": "phi-3-mini", "messages": [{"role": "user", "content": "Hello! What are you?"}]}'

            Or point any OpenAI client at it:

              export OPENAI_BASE_URL={{url}}/v1
              export OPENAI_API_KEY={{key}}

            """;
    }
}
