using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using ServiceDefaults.Access;

namespace Cost.Worker.Access;

/// <summary>Reads <c>Authorization: Bearer …</c>: the admin key, or nothing.</summary>
internal sealed class AdminAuthentication(AdminKey adminKey, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public new const string Scheme = "Bearer";

    private static readonly ClaimsPrincipal Administrator = new(new ClaimsIdentity(Scheme));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(adminKey.Opens(Request)
        ? AuthenticateResult.Success(new AuthenticationTicket(Administrator, Scheme))
        : AuthenticateResult.NoResult());

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = Scheme;
        var message = adminKey.IsConfigured
            ? "Reports take the gateway's admin key. Send it in an Authorization header using Bearer auth (i.e. Authorization: Bearer ADMIN_KEY)."
            : "No admin key is configured here, so nobody may read reports: set GATEWAY_ADMIN_KEY to the gateway's admin key and start the worker again.";
        return ErrorReply.WriteAsync(Context, StatusCodes.Status401Unauthorized, message, code: "invalid_api_key");
    }
}
