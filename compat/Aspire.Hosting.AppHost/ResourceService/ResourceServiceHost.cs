using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.ResourceService;

/// <summary>
/// The server that the dashboard calls back: on loopback only, for those only who know the key. It has no host of its own, which would
/// listen to signals and settings that are the application's.
/// </summary>
internal sealed class ResourceServiceHost : IHttpApplication<HttpContext>, IAsyncDisposable
{
    private const string ApiKeyHeader = "x-resource-service-api-key";

    private readonly Lazy<Task<Uri>> _address;
    private readonly KestrelServer _server;
    private readonly DashboardMethods _methods;

    public ResourceServiceHost(IConfiguration configuration, ILoggerFactory loggers, DashboardMethods methods)
    {
        _methods = methods;
        ApiKey = configuration["AppHost:ResourceService:ApiKey"] ?? RandomNumberGenerator.GetHexString(32, lowercase: true);
        var port = Uri.TryCreate(configuration["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"], UriKind.Absolute, out var configured) ? configured.Port : 0;
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2);
        options.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);

        // A stream of the dashboard may be silent for as long as there is nothing to say.
        options.Limits.MinRequestBodyDataRate = null;
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers);
        _server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        _address = new Lazy<Task<Uri>>(StartAsync);
    }

    public string ApiKey { get; }

    /// <summary>Where it listens; it does so from the first call on.</summary>
    /// <exception cref="IOException">The configured port is taken.</exception>
    public Task<Uri> AddressAsync() => _address.Value;

    public async ValueTask DisposeAsync()
    {
        if (_address.IsValueCreated)
        {
            // The dashboard's streams never end by themselves.
            await _server.StopAsync(new CancellationToken(canceled: true));
        }

        _server.Dispose();
    }

    HttpContext IHttpApplication<HttpContext>.CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    Task IHttpApplication<HttpContext>.ProcessRequestAsync(HttpContext context)
    {
        var call = new GrpcCall(context);
        var given = Encoding.UTF8.GetBytes(context.Request.Headers[ApiKeyHeader].ToString());
        return CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(ApiKey))
            ? _methods.CallAsync(context.Request.Path, call)
            : call.EndAsync(GrpcStatus.Unauthenticated, $"The header {ApiKeyHeader} is missing or wrong.");
    }

    void IHttpApplication<HttpContext>.DisposeContext(HttpContext context, Exception? exception)
    {
    }

    private async Task<Uri> StartAsync()
    {
        await _server.StartAsync(this, CancellationToken.None);
        return new Uri(_server.Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }
}
