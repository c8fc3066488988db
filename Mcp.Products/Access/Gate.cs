using System.Globalization;
using System.Text.Json;
using Mcp.Products.Configuration;
using Microsoft.AspNetCore.Authorization;
using ServiceDefaults.Access;

namespace Mcp.Products.Access;

/// <summary>Deny by default: what is not marked as anonymous takes a key of the gateway, and no more requests than its owner may make.</summary>
internal sealed class Gate(RequestDelegate next, GatewayKeys keys, AdminKey adminKey, ClientLimit limit, ProductsOptions options)
{
    /// <summary>Of JSON-RPC, for what a server says on its own account.</summary>
    private const int ServerError = -32000;

    private const string AdminKeyWanted = "This takes the gateway's admin key, which GATEWAY_ADMIN_KEY tells this server too, in an Authorization header using Bearer auth.";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public async Task InvokeAsync(HttpContext http)
    {
        var route = http.GetEndpoint()?.Metadata;
        var isOpen = route?.GetMetadata<IAllowAnonymous>() is not null;
        if (!isOpen && route?.GetMetadata<AdminOnly>() is not null)
        {
            await (adminKey.Opens(http.Request) ? next(http) : RefuseAsync(http, StatusCodes.Status401Unauthorized, AdminKeyWanted, RetryAfter));
            return;
        }

        if (isOpen || options.IsOpen)
        {
            await next(http);
            return;
        }

        var verdict = await keys.FindAsync(http.Request);
        if (verdict.Client is not { } client)
        {
            await RefuseAsync(http, verdict.Status, verdict.Reason!, RetryAfter);
        }
        else if (limit.Take(client.Id) is { } wait)
        {
            await RefuseAsync(http, StatusCodes.Status429TooManyRequests, $"This key may make {options.RequestsPerMinute} requests a minute, and has made them.", wait);
        }
        else
        {
            await next(http);
        }
    }

    private static async Task RefuseAsync(HttpContext http, int status, string reason, TimeSpan wait)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        if (status == StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers.WWWAuthenticate = ProductsApplication.Resource.ChallengeTo(http.Request);
        }
        else if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("jsonrpc", "2.0");
        json.WriteNull("id");
        json.WriteStartObject("error");
        json.WriteNumber("code", ServerError);
        json.WriteString("message", reason);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
