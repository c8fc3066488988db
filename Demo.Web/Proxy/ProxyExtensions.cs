using Yarp.ReverseProxy.Forwarder;

namespace Demo.Web.Proxy;

internal static class ProxyExtensions
{
    // The model API, and what the console needs beside it.
    private static readonly string[] Passed = ["/v1", "/admin", "/mcp", "/openapi", "/schema"];

    public static void AddGatewayProxy(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpForwarder();
        builder.Services.AddSingleton<GatewayConnection>();
        builder.Services.AddSingleton<GatewayProxy>();

        // The forwarder writes a line for every request, and one with a stack trace for every visitor who leaves.
        builder.Logging.AddFilter(typeof(IHttpForwarder).Namespace, LogLevel.Error);
    }

    public static void MapGatewayProxy(this WebApplication app)
    {
        var proxy = app.Services.GetRequiredService<GatewayProxy>();
        foreach (var root in Passed)
        {
            app.Map($"{root}/{{**rest}}", proxy.ForwardAsync);
        }
    }
}
