namespace Gateway.Benchmarks.Telemetry;

/// <summary>A collector that takes whatever is exported over OTLP (http/protobuf), and keeps none of it.</summary>
internal static class TelemetrySink
{
    public static Task RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(context => context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted));
        return app.RunAsync();
    }
}
