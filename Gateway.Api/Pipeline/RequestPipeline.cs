using System.Globalization;
using Gateway.Api.Answers;
using Gateway.Api.Caching;
using Gateway.Api.Configuration;
using Gateway.Api.Metering;
using Gateway.Api.Prices;
using Gateway.Api.Providers;
using Gateway.Api.Requests;
using Gateway.Api.Streaming;
using Gateway.Api.Tools;
using ServiceDefaults.Usage;

namespace Gateway.Api.Pipeline;

/// <summary>
/// The way of a request, top down: admit it (or refuse), look whether its answer is kept, call its targets (or fail over), settle what it
/// used, and hand the answer to the caller. Chat, completions and embeddings all go this way; what differs between them is in their <see cref="Operation"/>. Other
/// APIs go it as chat, with an <see cref="ApiCodec"/> at both ends.
/// </summary>
internal sealed class RequestPipeline(
    LiveConfiguration configuration, Admission admission, CacheStage cache, UpstreamCall upstream, StreamRelay relay, ToolLoop tools, UsageMeter meter, TimeProvider time)
{
    /// <param name="http">The request, and where its answer goes.</param>
    /// <param name="operation">What the providers are asked for.</param>
    /// <param name="codec">The API that the caller speaks, where it is none of the providers' own.</param>
    /// <param name="isBatch">Whether it is a line of a batch, which has time.</param>
    public async Task RunAsync(HttpContext http, Operation operation, ApiCodec? codec = null, bool isBatch = false)
    {
        using var request = new GatewayRequest(http, operation, configuration.Current.Limits.Request, time, codec) { IsBatch = isBatch };
        try
        {
            if (await admission.AdmitAsync(request) is { } refusal)
            {
                await RefuseAsync(request, refusal, Outcome.Refused(refusal));
                return;
            }

            if (request.IsAnswered)
            {
                return;
            }

            if (request.Tools is { HasTools: true })
            {
                await RunToolsAsync(request);
                return;
            }

            if (await cache.FindAsync(request) is { } notKept)
            {
                await RefuseAsync(request, notKept, Outcome.Refused(notKept));
                return;
            }

            if (codec is not null)
            {
                await codec.AdmittedAsync(request);
            }

            using var result = await cache.CallAsync(request);
            await AnswerAsync(request, result);
            if (request.Outcome is { Status: UsageStatus.Ok })
            {
                upstream.Learn(request);
            }
        }
        catch (OperationCanceledException) when (request.CallerLeft)
        {
            // Nobody is there to answer, and nothing went wrong: the upstream was cancelled with the request. What it made is billed.
            await meter.SettleAsync(request, Outcome.Cancelled);
            http.Abort();
        }
        catch (OperationCanceledException) when (request.Cancelled.IsCancellationRequested)
        {
            var timedOut = Refusal.Timeout($"The request was not answered within {(request.Route?.Limits.Request ?? configuration.Current.Limits.Request).TotalSeconds:0.#} s.");
            await RefuseAsync(request, timedOut, Outcome.Failed(timedOut));
        }
        catch
        {
            await meter.SettleAsync(request, Outcome.Bug);
            throw;
        }
    }

    private async Task RunToolsAsync(GatewayRequest request)
    {
        if (request.Codec is { } codec)
        {
            await codec.AdmittedAsync(request);
        }

        if (await tools.RunAsync(request) is { } failure)
        {
            await RefuseAsync(request, failure, Outcome.Refused(failure));
        }
    }

    private async Task RefuseAsync(GatewayRequest request, Refusal refusal, Outcome outcome)
    {
        await meter.SettleAsync(request, outcome);
        await OpenAIErrors.WriteAsync(request.Http, refusal);
    }

    private Task AnswerAsync(GatewayRequest request, UpstreamResult result)
    {
        var headers = request.Http.Response.Headers;
        headers[GatewayHeaders.Attempts] = request.Attempts.ToString(CultureInfo.InvariantCulture);
        foreach (var warning in request.Warnings.Concat(result.Warnings))
        {
            GatewayHeaders.Warn(request.Http.Response, warning);
        }

        if (result is UpstreamFailure failure)
        {
            return RefuseAsync(request, failure.Refusal, Outcome.Failed(failure.Refusal));
        }

        request.FirstByte = time.GetTimestamp();
        headers[GatewayHeaders.Target] = result.Target.Name;
        return result is UpstreamStream stream ? relay.RelayAsync(request, stream) : ReplyAsync(request, (UpstreamReply)result);
    }

    private Task ReplyAsync(GatewayRequest request, UpstreamReply reply)
    {
        request.Progress.Add(reply.Facts);
        return request.Codec is { } codec ? TranslateAsync(request, codec, reply)
            : request is { Tools: not null, WantsDetails: true } ? WriteWithDetailsAsync(request, reply.Body)
            : WriteAsync(request, reply.Body);
    }

    private async Task WriteWithDetailsAsync(GatewayRequest request, ReadOnlyMemory<byte> body)
    {
        using var output = new PooledBodyWriter(body.Length + 1024);
        StreamDetails.WriteInto(output, body.Span, request, meter.CostOf(request));
        await WriteAsync(request, output.Written);
    }

    private async Task TranslateAsync(GatewayRequest request, ApiCodec codec, UpstreamReply reply)
    {
        using var output = new PooledBodyWriter();
        var writer = codec.NewReply(request, output);
        var fault = new AnswerReader(writer).Read(reply.Body.Span);
        if (fault is null)
        {
            writer.End(meter.EndOf(request));
            fault = writer.Fault;
        }

        if (fault is null)
        {
            await codec.CompleteAsync(request);
            await WriteAsync(request, output.Written);
            return;
        }

        var unfit = Refusal.UpstreamError($"{reply.Target.Name} {fault}");
        await RefuseAsync(request, unfit, Outcome.Failed(unfit));
    }

    private async Task WriteAsync(GatewayRequest request, ReadOnlyMemory<byte> body)
    {
        if (meter.CostOf(request) is { } cost)
        {
            request.Http.Response.Headers[GatewayHeaders.Cost] = NanoUsd.Format(cost);
        }

        await meter.SettleAsync(request, Outcome.Ok);
        var response = request.Http.Response;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, request.Http.RequestAborted);
    }
}
