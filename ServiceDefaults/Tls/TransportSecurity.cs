using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace ServiceDefaults.Tls;

/// <summary>TLS 1.3 wherever the product has a say.</summary>
public static class TransportSecurity
{
    /// <summary>For calls to others: 1.3, and 1.2 where the other side knows no better, as some endpoints of AWS.</summary>
    public const SslProtocols Outgoing = SslProtocols.Tls13 | SslProtocols.Tls12;

    /// <summary>HTTPS endpoints take 1.3; one that has to take 1.2 says so: <c>Kestrel:Endpoints:&lt;name&gt;:SslProtocols</c>.</summary>
    internal static void AddTransportSecurity(this IServiceCollection services) =>
        services.Configure<KestrelServerOptions>(kestrel => kestrel.ConfigureHttpsDefaults(https => https.SslProtocols = SslProtocols.Tls13));
}
