using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ServiceDefaults.Access;

/// <summary>
/// A route as OAuth knows it (RFC 9728): who asks without a key is told where to read which issuers' tokens are taken. Metadata of the endpoint too, so
/// that whoever refuses a request finds what to say.
/// </summary>
/// <param name="Path">The route, such as <c>/mcp</c>.</param>
/// <param name="Name">What it is, for people.</param>
/// <param name="Scope">The scope that a client asks its issuer for.</param>
public sealed record ProtectedResource(string Path, string Name, string Scope)
{
    private const string WellKnown = "/.well-known/oauth-protected-resource";

    /// <summary>The value of <c>WWW-Authenticate</c>: <c>Bearer resource_metadata="https://…", scope="…"</c>.</summary>
    public string ChallengeTo(HttpRequest request) => $"Bearer resource_metadata=\"{AddressOf(request, WellKnown + Path)}\", scope=\"{Scope}\"";

    /// <summary>Serves the metadata, which takes no key.</summary>
    /// <param name="endpoints">Where to map it.</param>
    /// <param name="issuers">Of which tokens are taken at present; none where keys alone are.</param>
    public IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, Func<IEnumerable<string>> issuers) =>
        endpoints.MapGet(WellKnown + Path, async http =>
        {
            http.Response.ContentType = "application/json";
            await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
            json.WriteStartObject();
            json.WriteString("resource", AddressOf(http.Request, Path));
            json.WriteString("resource_name", Name);
            WriteTexts(json, "authorization_servers", issuers());
            WriteTexts(json, "bearer_methods_supported", ["header"]);
            WriteTexts(json, "scopes_supported", [Scope]);
            json.WriteEndObject();
        }).AllowAnonymous().ExcludeFromDescription();

    private static string AddressOf(HttpRequest request, string path) => $"{request.Scheme}://{request.Host}{request.PathBase}{path}";

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
