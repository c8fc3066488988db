using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Logging;

/// <summary>Hands what the resources write to the application's own logging: category <c>{App}.Resources.{resource}</c>.</summary>
internal sealed partial class ResourceLogForwarder(ILoggerFactory loggerFactory, IHostEnvironment environment)
{
    public void Write(string resourceId, LogLine line)
    {
        var logger = loggerFactory.CreateLogger($"{environment.ApplicationName}.Resources.{resourceId}");
        if (line.IsErrorMessage)
        {
            ErrorLine(logger, line.Content);
        }
        else
        {
            OutputLine(logger, line.Content);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Line}")]
    private static partial void OutputLine(ILogger logger, string line);

    [LoggerMessage(2, LogLevel.Error, "{Line}")]
    private static partial void ErrorLine(ILogger logger, string line);
}
