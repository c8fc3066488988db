using Mcp.Products.Catalogue;
using Microsoft.Extensions.Logging.Console;
using ServiceDefaults;
using ServiceDefaults.Metrics;

namespace Mcp.Products.Protocol;

/// <summary><c>--stdio</c>: the same server for the one client that has started it, over standard input and output. The log goes to standard error.</summary>
internal static class StandardStreams
{
    private const string Argument = "--stdio";

    public static bool AreAsked(string[] args) => args.Contains(Argument, StringComparer.Ordinal);

    public static async Task<int> ServeAsync(string[] args)
    {
        var builder = Host.CreateApplicationBuilder([.. args.Where(argument => argument != Argument)]);
        builder.Services.AddKeyedSingleton(MetricsExtensions.Output, Console.Error);
        builder.AddServiceDefaults();
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddCatalogue(builder.Configuration);
        builder.AddProductServer().WithStdioServerTransport();
        await builder.Build().RunAsync();
        return 0;
    }
}
