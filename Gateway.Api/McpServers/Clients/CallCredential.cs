using System.Net.Http.Headers;

namespace Gateway.Api.McpServers.Clients;

/// <summary>
/// Sends the credential of the call at hand. One client speaks for all callers, and the SDK has no place for what differs between them: it flows with the call.
/// </summary>
internal sealed class CallCredential(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly AsyncLocal<AuthenticationHeaderValue?> Current = new();

    /// <summary>For the calls that the method makes that sets it.</summary>
    public static void Set(AuthenticationHeaderValue? credential) => Current.Value = credential;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = Current.Value;
        return base.SendAsync(request, cancellationToken);
    }
}
