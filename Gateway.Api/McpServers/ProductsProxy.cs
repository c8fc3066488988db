using System.Diagnostics;
using System.Net;
using Gateway.Api.Configuration;
using Gateway.Api.Pipeline;
using Gateway.Api.Secrets;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Api.McpServers;

/// <summary>
/// Passes MCP requests on to the product server as they come, the caller's key with them: it asks here whose that is. Its address comes from the AppHost in
/// Aspire's form, <c>services__products__http__0</c>.
/// </summary>
internal sealed partial class ProductsProxy(IConfiguration configuration, IHttpForwarder forwarder, LiveConfiguration live, SecretStore secrets, ILogger<ProductsProxy> logger) : IDisposable
{
    private const string AddressKey = "services:products:http:0";
    private const string Endpoint = "/mcp";
    private const string Import = "/import";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private static readonly ForwarderRequestConfig Patience = new() { ActivityTimeout = TimeSpan.FromSeconds(30) };
    private static readonly ForwarderRequestConfig PatienceWithImports = new() { ActivityTimeout = TimeSpan.FromMinutes(10) };

    private readonly string? _address = configuration[AddressKey] is { Length: > 0 } address ? address : null;
    private readonly ToEndpoint _toProtocol = new((_, address) => new Uri(address + Endpoint));
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = DistributedContextPropagator.Current,
        ConnectTimeout = TimeSpan.FromSeconds(3),
    });

    public Task ForwardAsync(HttpContext http) => ForwardAsync(http, Patience, _toProtocol);

    /// <summary>Sends a feed to be taken over as the catalogue. That takes the admin key alone, so the gateway sends its own, whatever the administrator came with.</summary>
    public Task ImportAsync(HttpContext http)
    {
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        var bearer = secrets.Find(live.Current.Access.AdminKey)?.Bearer;
        return ForwardAsync(http, PatienceWithImports, new ToEndpoint((request, address) =>
        {
            request.Headers.Authorization = bearer;
            return new Uri($"{address}{Import}{http.Request.QueryString}");
        }));
    }

    public void Dispose() => _http.Dispose();

    private async Task ForwardAsync(HttpContext http, ForwarderRequestConfig patience, ToEndpoint transform)
    {
        if (_address is null)
        {
            await OpenAIErrors.WriteAsync(http, Refusal.NoTargetAvailable("This gateway runs without a product server; set services__products__http__0 to its address, or start both through the AppHost.", RetryAfter));
            return;
        }

        var error = await forwarder.SendAsync(http, _address, _http, patience, transform, CancellationToken.None);
        if (error != ForwarderError.None && !http.RequestAborted.IsCancellationRequested)
        {
            LogFailed(error, http.Features.Get<IForwarderErrorFeature>()?.Exception?.Message);
            if (!http.Response.HasStarted)
            {
                await OpenAIErrors.WriteAsync(http, Refusal.NoTargetAvailable("The product server does not answer at present.", RetryAfter));
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The product server did not answer ({Error}): {Reason}")]
    private partial void LogFailed(ForwarderError error, string? reason);

    private sealed class ToEndpoint(Func<HttpRequestMessage, string, Uri> addressOf) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.RequestUri = addressOf(proxyRequest, destinationPrefix.TrimEnd('/'));

            // Which pages may call the gateway is for the gateway to say, and nothing here goes by cookies.
            proxyRequest.Headers.Remove("Origin");
            proxyRequest.Headers.Remove("Cookie");
            proxyRequest.Headers.Host = null;

            // The same id there as here, made here where the caller sent none.
            proxyRequest.Headers.Remove(RequestIds.Header);
            proxyRequest.Headers.TryAddWithoutValidation(RequestIds.Header, httpContext.TraceIdentifier);
        }
    }
}
