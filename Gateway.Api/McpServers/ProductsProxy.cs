using System.Diagnostics;
using System.Net;
using Gateway.Api.Pipeline;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Api.McpServers;

/// <summary>
/// Passes MCP requests on to the product server as they come, the caller's key with them: it asks here whose that is. Its address comes from the AppHost in
/// Aspire's form, <c>services__products__http__0</c>.
/// </summary>
internal sealed partial class ProductsProxy(IConfiguration configuration, IHttpForwarder forwarder, ILogger<ProductsProxy> logger) : IDisposable
{
    private const string AddressKey = "services:products:http:0";
    private const string Endpoint = "/mcp";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private static readonly ForwarderRequestConfig Patience = new() { ActivityTimeout = TimeSpan.FromSeconds(30) };

    private readonly string? _address = configuration[AddressKey] is { Length: > 0 } address ? address : null;
    private readonly ToEndpoint _transform = new();
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = DistributedContextPropagator.Current,
        ConnectTimeout = TimeSpan.FromSeconds(3),
    });

    public async Task ForwardAsync(HttpContext http)
    {
        if (_address is null)
        {
            await OpenAIErrors.WriteAsync(http, Refusal.NoTargetAvailable("This gateway runs without a product server; set services__products__http__0 to its address, or start both through the AppHost.", RetryAfter));
            return;
        }

        var error = await forwarder.SendAsync(http, _address, _http, Patience, _transform, CancellationToken.None);
        if (error != ForwarderError.None && !http.RequestAborted.IsCancellationRequested)
        {
            LogFailed(error, http.Features.Get<IForwarderErrorFeature>()?.Exception?.Message);
            if (!http.Response.HasStarted)
            {
                await OpenAIErrors.WriteAsync(http, Refusal.NoTargetAvailable("The product server does not answer at present.", RetryAfter));
            }
        }
    }

    public void Dispose() => _http.Dispose();

    [LoggerMessage(LogLevel.Warning, "The product server did not answer ({Error}): {Reason}")]
    private partial void LogFailed(ForwarderError error, string? reason);

    private sealed class ToEndpoint : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.RequestUri = new Uri(destinationPrefix.TrimEnd('/') + Endpoint);

            // Which pages may call the gateway is for the gateway to say.
            proxyRequest.Headers.Remove("Origin");
            proxyRequest.Headers.Host = null;

            // The same id there as here, made here where the caller sent none.
            proxyRequest.Headers.Remove(RequestIds.Header);
            proxyRequest.Headers.TryAddWithoutValidation(RequestIds.Header, httpContext.TraceIdentifier);
        }
    }
}
