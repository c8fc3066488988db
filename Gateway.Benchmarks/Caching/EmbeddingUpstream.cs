using System.Text;
using System.Text.Json;

namespace Gateway.Benchmarks.Caching;

/// <summary>An upstream for embeddings that takes a while for each call, however many inputs it has, and counts its calls.</summary>
internal static class EmbeddingUpstream
{
    private const int Dimensions = 256;

    private static readonly string Vector = string.Join(',', Enumerable.Range(0, Dimensions).Select(number => $"0.{number:D6}"));

    public static Task RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.ClearProviders();
        var delay = TimeSpan.FromMilliseconds(builder.Configuration.GetValue("delay-ms", 10));
        var app = builder.Build();
        var calls = 0;
        app.MapGet("/calls", () => Volatile.Read(ref calls));
        app.MapPost("/v1/embeddings", async context =>
        {
            Interlocked.Increment(ref calls);
            using var asked = await JsonDocument.ParseAsync(context.Request.Body);
            var input = asked.RootElement.GetProperty("input");
            var count = input.ValueKind == JsonValueKind.Array ? input.GetArrayLength() : 1;
            await Task.Delay(delay, TimeProvider.System);
            var data = string.Join(',', Enumerable.Range(0, count).Select(index => $$"""{"object":"embedding","index":{{index}},"embedding":[{{Vector}}]}"""));
            context.Response.ContentType = "application/json";
            await context.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes($$$"""{"object":"list","data":[{{{data}}}],"model":"e","usage":{"prompt_tokens":{{{count}}},"total_tokens":{{{count}}}}}"""));
        });
        return app.RunAsync();
    }
}
