using System.Text.Encodings.Web;
using Gateway.Api.Configuration;
using Gateway.Api.Pipeline;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Access;

/// <summary>Reads <c>Authorization: Bearer …</c>: an API key of this gateway, or the admin key.</summary>
internal sealed class BearerAuthentication(
    KeyStore keys, LiveConfiguration configuration, TimeProvider time,
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public new const string Scheme = "Bearer";

    private const string Missing =
        "You didn't provide an API key. Send it in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceAsync();
        Response.Headers.WWWAuthenticate = Scheme;
        var reason = result.Failure?.Message ?? Missing;
        await OpenAIErrors.WriteAsync(Context, new Refusal(401, Refusal.InvalidRequestError, "invalid_api_key", reason));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var reason = Context.User.IsInRole(Roles.Administrator)
            ? "The admin key administers the gateway; calling a model takes an API key (POST /admin/keys makes one)."
            : "This takes the admin key; an API key does not do.";
        return OpenAIErrors.WriteAsync(Context, new Refusal(403, Refusal.InvalidRequestError, "insufficient_permissions", reason));
    }

    private AuthenticateResult Authenticate()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return AuthenticateResult.NoResult();
        }

        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.Fail(Missing);
        }

        var secret = header.AsSpan("Bearer ".Length).Trim();
        var hash = KeyHash.Of(secret);
        if (keys.FindCaller(hash) is { Key: { } key } caller)
        {
            return key.StatusAt(time.GetUtcNow()) switch
            {
                KeyStatus.Revoked => AuthenticateResult.Fail("This API key was revoked. Ask the gateway's operator for a new one."),
                KeyStatus.Expired => AuthenticateResult.Fail($"This API key expired at {key.ExpiresAt:u}. Ask the gateway's operator for a new one."),
                _ => caller.Authenticated,
            };
        }

        return IsAdminKey(hash)
            ? CallerIdentity.Administrator.Authenticated
            : AuthenticateResult.Fail($"Incorrect API key provided: {KeySecret.Shorten(secret.ToString())}. Ask the gateway's operator for a key.");
    }

    private bool IsAdminKey(KeyHash hash) =>
        configuration.Secret(configuration.Current.Access.AdminKey) is { } adminKey && KeyHash.Of(adminKey).Equals(hash);
}
