using Gateway.Api;
using ServiceDefaults;

namespace Gateway.Benchmarks.Bedrock;

/// <summary>The gateway, with a route that says how much it has allocated so far.</summary>
internal static class MeasuredGateway
{
    public const string Allocated = "/benchmark/allocated";

    public static Task RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        builder.AddGateway();
        var app = builder.Build();
        app.MapGateway();
        app.MapGet(Allocated, () => GC.GetTotalAllocatedBytes()).AllowAnonymous();
        return app.RunAsync();
    }
}
