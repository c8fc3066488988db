using System.Text.Json;
using Gateway.Api.Access;
using Gateway.Api.Pipeline;

namespace Gateway.Api.McpServers;

/// <summary>
/// <c>GET /mcp/caller</c>: whose key or token this is. Services that take the gateway's keys ask with what their caller sent, so that keys and tokens are
/// looked at in one place. It answers like a route that takes a key; only the limit of an address, which here is a service's and not a caller's, does not hold.
/// </summary>
internal static class Callers
{
    public static void MapCallers(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/mcp/caller", GetAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task GetAsync(HttpContext http, BearerAuthentication authentication)
    {
        var (caller, refusal) = await authentication.AuthenticateAsync(http.Request);
        if ((refusal ?? RefusalOf(caller!)) is { } refused)
        {
            await OpenAIErrors.WriteAsync(http, refused);
            return;
        }

        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("id", caller!.Key!.Id);
        json.WriteString("name", caller.Key.Name);
        json.WriteString("tenant", caller.Key.Tenant);
        json.WriteEndObject();
    }

    private static Refusal? RefusalOf(Caller caller) =>
        caller.IsAdministrator ? Refusal.InsufficientPermissions("The admin key administers the gateway; asking for products takes an API key (POST /admin/keys makes one).")
        : caller.BringsBedrockToken ? Refusal.InsufficientPermissions("A Bedrock API key buys models of Bedrock only; asking for products takes an API key of this gateway.")
        : null;
}
