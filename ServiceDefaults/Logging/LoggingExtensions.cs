using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Logging;

internal static class LoggingExtensions
{
    /// <summary>
    /// One JSON object a line on standard output. Settings may raise or lower any category as usual. ASP.NET's own log scope of each
    /// request is not made: it costs more than checking the request's key, and holds its path, which may hold anything.
    /// </summary>
    public static void AddJsonLogs(this IHostApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Default"] = "Information",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
                ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "None",
                ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "Warning",
                ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
            },
        });
        builder.Logging.ClearProviders();
        builder.Logging.AddConsoleFormatter<JsonLogFormatter, JsonLogFormatterOptions>();
        builder.Logging.AddConsole(options => options.FormatterName = JsonLogFormatter.FormatterName);
    }
}
