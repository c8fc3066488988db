namespace Demo.Web.Proxy;

/// <summary>Where the gateway is, and the connections to it. The AppHost gives its address in Aspire's form, <c>services__gateway__http__0</c>.</summary>
internal sealed class GatewayConnection : IDisposable
{
    private const string AddressKey = "services:gateway:http:0";
    private const string DefaultAddress = "http://localhost:8080";

    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(3);

    public GatewayConnection(IConfiguration configuration)
    {
        Address = new Uri(configuration[AddressKey] is { Length: > 0 } configured ? configured : DefaultAddress);
        Http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = ConnectPatience, EnableMultipleHttp2Connections = true });
    }

    public Uri Address { get; }

    public HttpMessageInvoker Http { get; }

    public void Dispose() => Http.Dispose();
}
