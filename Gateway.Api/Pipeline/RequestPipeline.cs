using System.Globalization;
using Gateway.Api.Configuration;
using Gateway.Api.Providers;
using Gateway.Api.Requests;
using Gateway.Api.Streaming;

namespace Gateway.Api.Pipeline;

/// <summary>
/// The way of a request, top down: admit it (or refuse), call its targets (or fail over), and hand the answer to the caller.
/// Chat, completions and embeddings all go this way; what differs between them is in their <see cref="Operation"/>.
/// </summary>
internal sealed class RequestPipeline(LiveConfiguration configuration, Admission admission, UpstreamCall upstream, StreamRelay relay, TimeProvider time)
{
    public async Task RunAsync(HttpContext http, Operation operation)
    {
        var timeout = TimeSpan.FromSeconds(configuration.Current.Limits.RequestTimeoutSeconds);
        using var request = new GatewayRequest(http, operation, timeout, time);
        try
        {
            if (await admission.AdmitAsync(request) is { } refusal)
            {
                await OpenAIErrors.WriteAsync(http, refusal);
                return;
            }

            using var result = await upstream.CallAsync(request);
            await AnswerAsync(request, result);
        }
        catch (OperationCanceledException) when (request.CallerLeft)
        {
            // Nobody is there to answer, and nothing went wrong: the upstream was cancelled with the request.
            http.Abort();
        }
        catch (OperationCanceledException) when (request.Cancelled.IsCancellationRequested)
        {
            await OpenAIErrors.WriteAsync(http, Refusal.Timeout($"The request was not answered within {timeout.TotalSeconds:0.#} s."));
        }
    }

    private Task AnswerAsync(GatewayRequest request, UpstreamResult result)
    {
        var headers = request.Http.Response.Headers;
        headers[GatewayHeaders.Attempts] = request.Attempts.ToString(CultureInfo.InvariantCulture);
        if (result.Warnings.Count > 0)
        {
            headers[GatewayHeaders.Warnings] = string.Join("; ", result.Warnings);
        }

        if (result is UpstreamFailure failure)
        {
            return OpenAIErrors.WriteAsync(request.Http, failure.Refusal);
        }

        headers[GatewayHeaders.Target] = result.Target.Name;
        return result is UpstreamStream stream
            ? relay.RelayAsync(request, stream)
            : ((UpstreamReply)result).WriteToAsync(request.Http.Response, request.Http.RequestAborted);
    }
}
