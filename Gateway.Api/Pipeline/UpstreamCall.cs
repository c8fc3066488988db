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
            result = await target.Provider.CallAsync(request, target);
            if (result is not UpstreamFailure failure)
            {
                metrics.Attempted(target, "ok");
                return result;
            }

            metrics.Attempted(target, failure.Kind.ToString());
            LogFailed(request.Route.Alias, target.Name, failure.Kind, failure.Refusal.Message);
            if (!failure.AllowsNextTarget)
            {
                return failure;
            }
        }

        return result!;
    }

    [LoggerMessage(LogLevel.Warning, "{Alias}: {Target} did not answer ({Kind}): {Reason}")]
    private partial void LogFailed(string alias, string target, UpstreamFailureKind kind, string reason);
}
