using Gateway.Api.Providers;
using Gateway.Api.Telemetry;

namespace Gateway.Api.Pipeline;

/// <summary>The second half: the targets in their order, until one of them has an answer or its first byte.</summary>
internal sealed partial class UpstreamCall(GatewayMetrics metrics, ILogger<UpstreamCall> logger)
{
    public async Task<UpstreamResult> CallAsync(GatewayRequest request)
    {
        UpstreamResult? result = null;
        foreach (var target in request.Route!.Targets)
        {
            request.Attempts++;
            request.Target = target;
            result = await target.Provider.CallAsync(request, target);
            if (result is not UpstreamFailure failure)
            {
                metrics.Attempted(target, "ok");
                return result;
            }

            metrics.Attempted(target, failure.Kind.ToString());
            if (!failure.AllowsNextTarget)
            {
                LogRejected(request.Route.Alias, target.Name, failure.Refusal.Message);
                return failure;
            }

            LogFailed(request.Route.Alias, target.Name, failure.Kind, failure.Refusal.Message);
        }

        return result!;
    }

    [LoggerMessage(LogLevel.Information, "{Alias}: {Target} rejected the request: {Reason}")]
    private partial void LogRejected(string alias, string target, string reason);

    [LoggerMessage(LogLevel.Warning, "{Alias}: {Target} did not answer ({Kind}): {Reason}")]
    private partial void LogFailed(string alias, string target, UpstreamFailureKind kind, string reason);
}
