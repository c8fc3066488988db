using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Cost.Worker.Access;

/// <summary>Reads <c>Authorization: Bearer …</c>: the admin key, or nothing. A browser, which cannot be told to send that, may send it as the password of <c>Basic</c>.</summary>
internal sealed class AdminAuthentication(AdminKey adminKey, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public new const string Scheme = "Bearer";

    private const string Prefix = Scheme + " ";
    private const string Basic = "Basic";
    private const string BasicPrefix = Basic + " ";

    private static readonly ClaimsPrincipal Administrator = new(new ClaimsIdentity(Scheme));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        var isAdministrator = KeyOf(header) is { } key && adminKey.Matches(key);
        return Task.FromResult(isAdministrator ? AuthenticateResult.Success(new AuthenticationTicket(Administrator, Scheme)) : AuthenticateResult.NoResult());
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase) ? $"{Basic} realm=\"admin key as password\", charset=\"UTF-8\"" : Scheme;
        var message = adminKey.IsConfigured
            ? "Reports take the gateway's admin key. Send it in an Authorization header using Bearer auth (i.e. Authorization: Bearer ADMIN_KEY)."
            : "No admin key is configured here, so nobody may read reports: set GATEWAY_ADMIN_KEY to the gateway's admin key and start the worker again.";
        return ErrorReply.WriteAsync(Context, StatusCodes.Status401Unauthorized, message, code: "invalid_api_key");
    }

    private static string? KeyOf(string header)
    {
        if (header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return header[Prefix.Length..].Trim();
        }

        var decoded = new byte[header.Length];
        return header.StartsWith(BasicPrefix, StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(header[BasicPrefix.Length..].Trim(), decoded, out var length)
            && Encoding.UTF8.GetString(decoded, 0, length) is var pair && pair.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon
            ? pair[(colon + 1)..]
            : null;
    }
}
