using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.ResourceService.Messages;
using Google.Protobuf;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ResourceService;

/// <summary>The methods of <c>aspire.v1.DashboardService</c>.</summary>
internal sealed partial class DashboardMethods(
    ResourceFeed resources,
    ConsoleFeed consoles,
    ResourceCommandService commands,
    DashboardApplicationName name,
    IHostApplicationLifetime lifetime,
    ILogger<DashboardMethods> logger)
{
    private const string Service = "/aspire.v1.DashboardService/";

    public async Task CallAsync(string? path, GrpcCall call)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted, lifetime.ApplicationStopped);
        try
        {
            await (path switch
            {
                $"{Service}GetApplicationInformation" => InformationAsync(call),
                $"{Service}WatchResources" => WatchResourcesAsync(call, ends.Token),
                $"{Service}WatchResourceConsoleLogs" => WatchConsoleAsync(call, ends.Token),
                $"{Service}ExecuteResourceCommand" => ExecuteAsync(call, ends.Token),
                $"{Service}WatchInteractions" => HoldOpenAsync(call, ends.Token),
                _ => call.EndAsync(GrpcStatus.Unimplemented),
            });
        }
        catch (Exception exception) when (ends.IsCancellationRequested)
        {
            CallerLeft(logger, path, exception.Message);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidProtocolBufferException)
        {
            await call.EndAsync(GrpcStatus.InvalidArgument, exception.Message);
        }
        catch (Exception exception)
        {
            Failed(logger, path, exception);
            await call.EndAsync(GrpcStatus.Internal);
        }
    }

    private async Task InformationAsync(GrpcCall call)
    {
        await RequestAsync(call, ApplicationInformationRequest.Parser);
        await call.WriteAsync(new ApplicationInformationResponse { ApplicationName = name.Value });
        await call.EndAsync(GrpcStatus.Ok);
    }

    private async Task WatchResourcesAsync(GrpcCall call, CancellationToken cancellationToken)
    {
        await RequestAsync(call, WatchResourcesRequest.Parser);
        var first = true;
        await foreach (var batch in resources.WatchAsync(cancellationToken))
        {
            await call.WriteAsync(first
                ? new WatchResourcesUpdate { InitialData = new InitialResourceData { Resources = { batch } } }
                : new WatchResourcesUpdate { Changes = new WatchResourcesChanges { Value = { batch.Select(resource => new WatchResourcesChange { Upsert = resource }) } } });
            first = false;
        }
    }

    private async Task WatchConsoleAsync(GrpcCall call, CancellationToken cancellationToken)
    {
        var request = await RequestAsync(call, WatchResourceConsoleLogsRequest.Parser);
        await call.AcceptAsync();
        await foreach (var batch in consoles.WatchAsync(request.ResourceName, follow: !request.SuppressFollow, cancellationToken))
        {
            await call.WriteAsync(new WatchResourceConsoleLogsUpdate
            {
                LogLines = { batch.Select(line => new ConsoleLogLine { Text = line.Content, IsStdErr = line.IsErrorMessage, LineNumber = line.LineNumber }) },
            });
        }

        await call.EndAsync(GrpcStatus.Ok);
    }

    private async Task ExecuteAsync(GrpcCall call, CancellationToken cancellationToken)
    {
        var request = await RequestAsync(call, ResourceCommandRequest.Parser);
        var result = await commands.ExecuteCommandAsync(request.ResourceName, request.CommandName, cancellationToken);
        var response = new ResourceCommandResponse
        {
            Kind = result.Success ? ResourceCommandResponseKind.Succeeded
                : result.Canceled ? ResourceCommandResponseKind.Cancelled
                : ResourceCommandResponseKind.Failed,
        };
        if (result.Message is not null)
        {
            response.Message = result.Message;
        }

        await call.WriteAsync(response);
        await call.EndAsync(GrpcStatus.Ok);
    }

    // Through this one the application would ask the user something; it never does.
    private static async Task HoldOpenAsync(GrpcCall call, CancellationToken cancellationToken)
    {
        await call.AcceptAsync();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }

    private static async Task<T> RequestAsync<T>(GrpcCall call, MessageParser<T> parser)
        where T : class, IMessage<T>
        => await call.ReadAsync(parser) ?? throw new InvalidDataException("The request has no message.");

    [LoggerMessage(1, LogLevel.Debug, "{Method} has ended with its caller: {Reason}")]
    private static partial void CallerLeft(ILogger logger, string? method, string reason);

    [LoggerMessage(2, LogLevel.Error, "{Method} failed.")]
    private static partial void Failed(ILogger logger, string? method, Exception exception);
}
