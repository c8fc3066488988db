using Gateway.Api.Configuration;
using Gateway.Api.Metering;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers;
using Gateway.Api.Providers.OpenAI;
using Gateway.Api.Requests;
using Gateway.Api.Telemetry;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Api.PassThrough;

/// <summary>
/// The way of a request that the gateway has no route for: admit it (or refuse), pass it on to the provider, bytes as they come in both
/// directions, and settle it. There is one attempt: a body that streams through cannot be sent twice.
/// </summary>
internal sealed partial class PassThroughPipeline(
    LiveConfiguration configuration, PassThroughAdmission admission, IHttpForwarder forwarder, UsageMeter meter, TimeProvider time, ILogger<PassThroughPipeline> logger)
{
    public async Task RunAsync(HttpContext http)
    {
        using var request = new GatewayRequest(http, Operation.PassedThrough(PassThroughPath.OperationOf(http.Request.Path)), Timeout.InfiniteTimeSpan, time);
        try
        {
            if (await admission.AdmitAsync(request) is { } refusal)
            {
                await RefuseAsync(request, refusal, Outcome.Refused(refusal));
                return;
            }

            await ForwardAsync(request);
        }
        catch (Exception broken) when (request.CallerLeft || (broken is BadHttpRequestException && !http.Response.HasStarted))
        {
            // The caller left, or broke off its body before any of it was passed on.
            await meter.SettleAsync(request, Outcome.Cancelled);
            http.Abort();
        }
        catch
        {
            await meter.SettleAsync(request, Outcome.Bug);
            throw;
        }
    }

    private async Task ForwardAsync(GatewayRequest request)
    {
        var (http, target) = (request.Http, request.Target!);
        var provider = (OpenAIProvider)target.Provider;
        var limits = configuration.Current.Limits;
        var exchange = new PassThroughExchange(request, provider, meter, time);

        request.Attempts++;
        using var span = GatewaySpans.StartAttempt(target, request.Attempts);
        var error = await forwarder.SendAsync(http, provider.Address, provider.Http, new ForwarderRequestConfig { ActivityTimeout = limits.PassThroughIdle }, exchange, CancellationToken.None);
        if (exchange.Failure is { } refused)
        {
            await FailAsync(request, refused.Refusal, PromptEcho.Mask(request, refused.Refusal.Message));
        }
        else if (error == ForwarderError.None)
        {
            await exchange.SettleAsync();
        }
        else
        {
            await FailAsync(request, error, limits);
        }
    }

    private async Task FailAsync(GatewayRequest request, ForwarderError error, LimitsOptions limits)
    {
        var exception = request.Http.Features.Get<IForwarderErrorFeature>()?.Exception;
        if (IsTooLarge(exception))
        {
            var tooLarge = Refusal.RequestTooLarge(limits.MaxPassThroughBytes);
            await RefuseAsync(request, tooLarge, Outcome.Refused(tooLarge));
        }
        else if (request.CallerLeft || IsOfCaller(error))
        {
            await meter.SettleAsync(request, Outcome.Cancelled);
            request.Http.Abort();
        }
        else
        {
            var failure = FailureOf(request, error, exception, limits).Refusal;
            await FailAsync(request, failure, failure.Message);
        }
    }

    private Task FailAsync(GatewayRequest request, Refusal failure, string reason)
    {
        LogFailed(request.Operation.Name, request.Target!.Name, reason);
        return RefuseAsync(request, failure, request.Http.Response.HasStarted ? Outcome.BrokenOff(failure) : Outcome.Failed(failure));
    }

    // Once the reply has begun, the forwarder breaks it off, which is all that can be told of a failure.
    private async Task RefuseAsync(GatewayRequest request, Refusal refusal, Outcome outcome)
    {
        await meter.SettleAsync(request, outcome);
        if (!request.Http.Response.HasStarted)
        {
            // The provider's own, where its reply is not passed on.
            request.Http.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = null;
            await OpenAIErrors.WriteAsync(request.Http, refusal);
        }
    }

    private static UpstreamFailure FailureOf(GatewayRequest request, ForwarderError error, Exception? exception, LimitsOptions limits)
    {
        var target = request.Target!;

        // A connection that does not open in time is told apart from silence by the time-out inside.
        return error is ForwarderError.RequestTimedOut or ForwarderError.UpgradeActivityTimeout && exception is not { InnerException: TimeoutException }
            ? UpstreamFailure.Silent(target, limits.PassThroughIdle)
            : UpstreamHttp.FailureOf(exception ?? new IOException(), request, target, TimeSpan.FromSeconds(limits.ConnectTimeoutSeconds)) ?? UpstreamFailure.BrokeOff(target);
    }

    private static bool IsOfCaller(ForwarderError error) => error is
        ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled or ForwarderError.RequestBodyClient or ForwarderError.ResponseBodyClient
        or ForwarderError.UpgradeRequestCanceled or ForwarderError.UpgradeRequestClient or ForwarderError.UpgradeResponseCanceled or ForwarderError.UpgradeResponseClient;

    private static bool IsTooLarge(Exception? exception) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => true,
        AggregateException several => several.InnerExceptions.Any(IsTooLarge),
        _ => false,
    };

    [LoggerMessage(LogLevel.Warning, "{Operation} could not be passed on to {Target}: {Reason}")]
    private partial void LogFailed(string operation, string target, string reason);
}
