using Yarp.ReverseProxy.Configuration;

namespace Gateway.Benchmarks.Servers;

/// <summary>YARP as it comes: one route, one destination (<c>--target</c>), nothing looked at.</summary>
internal static class YarpProxy
{
    public static Task RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders();
        var target = builder.Configuration["target"] ?? throw new ArgumentException("--target is missing.");
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "upstream", Match = new RouteMatch { Path = "{**all}" } }],
            [new ClusterConfig { ClusterId = "upstream", Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = target } } }]);
        var app = builder.Build();
        app.MapReverseProxy();
        return app.RunAsync();
    }
}
