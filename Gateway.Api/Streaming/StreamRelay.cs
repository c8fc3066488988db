using System.Buffers;
using System.IO.Pipelines;
using Gateway.Api.Answers;
using Gateway.Api.Metering;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers;
using Gateway.Api.Telemetry;

namespace Gateway.Api.Streaming;

/// <summary>
/// Hands an upstream's stream to the caller frame by frame, bytes as they came. A stream counts as complete when it said
/// <c>[DONE]</c>, or ended after a finish reason; any other end is told to the caller as an error frame without <c>[DONE]</c>. Where the
/// caller speaks another API than the providers', the events of the answer go to its codec's writer in place of the bytes.
/// </summary>
internal sealed partial class StreamRelay(UsageMeter meter, GatewayMetrics metrics, ILogger<StreamRelay> logger)
{
    /// <summary>How long <c>[DONE]</c> may take once a finish reason was seen.</summary>
    public static readonly TimeSpan DoneGrace = TimeSpan.FromSeconds(5);

    public async Task RelayAsync(GatewayRequest request, UpstreamStream stream)
    {
        var response = request.Http.Response;
        WriteHead(response);
        var writer = request.Codec?.NewStream(request, response.BodyWriter);
        var failure = await CopyAsync(request, stream, response.BodyWriter, writer is null ? null : new AnswerReader(writer));
        await meter.SettleAsync(request, failure is null ? Outcome.Ok : Outcome.BrokenOff(failure));
        if (failure is not null)
        {
            LogBroken(request.Route!.Alias, stream.Target.Name, failure.Message);
        }

        if (writer is null)
        {
            WriteEnd(response.BodyWriter, failure);
        }
        else
        {
            await EndAsync(request, writer, failure);
        }

        await response.BodyWriter.FlushAsync(request.Http.RequestAborted);
    }

    public static void WriteHead(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
    }

    private async ValueTask EndAsync(GatewayRequest request, AnswerWriter writer, Refusal? failure)
    {
        if (failure is null)
        {
            writer.End(meter.EndOf(request));
        }
        else
        {
            writer.Fail(failure);
        }

        await request.Codec!.CompleteAsync(request);
    }

    /// <summary>Returns null at a complete end, or why the stream broke.</summary>
    /// <param name="request">Whose stream it is.</param>
    /// <param name="stream">Read to its end.</param>
    /// <param name="output">Where to.</param>
    /// <param name="reader">Takes the events of the answer in place of the bytes; null where the bytes go on.</param>
    public async Task<Refusal?> CopyAsync(GatewayRequest request, UpstreamStream stream, PipeWriter output, AnswerReader? reader)
    {
        var idle = request.Route!.Limits.StreamIdle;
        var unfinished = request.Fields.Choices ?? int.MaxValue;
        try
        {
            do
            {
                while (stream.TryRead(out var frame))
                {
                    switch (frame.Kind)
                    {
                        case ChunkKind.Done:
                            return null;
                        case ChunkKind.Error:
                            return ProviderFailure(stream, frame);
                        case ChunkKind.Malformed:
                            metrics.SkippedMalformedChunk(stream.Target);
                            LogMalformed(request.Route!.Alias, stream.Target.Name, frame.Data.Length);
                            continue;
                    }

                    unfinished -= frame.Facts.Finishes;
                    request.Progress.Add(frame.Facts);
                    if (reader is null)
                    {
                        WriteChunk(request, frame, output);
                    }
                    else if (Read(reader, frame) is { } fault)
                    {
                        return Refusal.UpstreamError($"{stream.Target.Name} {fault}");
                    }
                }

                await FlushAsync(request, output);
                request.RenewDeadline(unfinished <= 0 ? DoneGrace : idle);
            }
            while (await stream.WaitToReadAsync(request.Cancelled));
        }
        catch (OperationCanceledException) when (!request.CallerLeft && request.Cancelled.IsCancellationRequested)
        {
            return unfinished <= 0 ? null : Refusal.Timeout($"{stream.Target.Name} sent nothing for {idle.TotalSeconds:0.#} s; the answer is not complete.");
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            return unfinished <= 0 ? null : Refusal.UpstreamError($"{stream.Target.Name} broke off; the answer is not complete.");
        }

        return unfinished <= 0 ? null : Refusal.UpstreamError($"{stream.Target.Name} ended the stream early; the answer is not complete.");
    }

    // A slow reader is the caller's affair: the upstream's time runs only while we wait for the upstream.
    private static async ValueTask FlushAsync(GatewayRequest request, PipeWriter output)
    {
        var flush = output.FlushAsync(request.Cancelled);
        if (!flush.IsCompletedSuccessfully)
        {
            request.RenewDeadline(Timeout.InfiniteTimeSpan);
        }

        await flush;
    }

    private static Refusal ProviderFailure(UpstreamStream stream, StreamFrame frame)
    {
        var error = ProviderError.Read(frame.Data);
        return Refusal.UpstreamError($"{stream.Target.Name} failed in the middle of its answer: {error.Message}");
    }

    private static string? Read(AnswerReader reader, in StreamFrame frame)
    {
        if (frame.Kind == ChunkKind.Content)
        {
            return reader.Read(frame.Data.Span);
        }

        reader.KeepAlive();
        return null;
    }

    private void WriteChunk(GatewayRequest request, in StreamFrame frame, PipeWriter output)
    {
        if (IsUsageAlone(frame.Facts))
        {
            if (request.WantsDetails)
            {
                WriteUsageWithDetails(output, frame.Data.Span, request);
                return;
            }

            if (!request.Fields.IncludesUsage)
            {
                return;
            }
        }

        var bytes = frame.Bytes.Span;
        if (!request.Fields.IncludesUsage && frame.Facts.EmptyUsage is { } cut && bytes.Overlaps(frame.Data.Span, out var offset))
        {
            output.Write(bytes[..(offset + cut.Start.Value)]);
            output.Write(bytes[(offset + cut.End.Value)..]);
            return;
        }

        output.Write(bytes);
    }

    // {"id":"…","choices":[],"usage":{…}}: the chunk that only a caller who asked for it gets.
    private static bool IsUsageAlone(in AnswerFacts facts) => facts is { Usage: not null, HasChoices: false };

    private void WriteUsageWithDetails(PipeWriter output, ReadOnlySpan<byte> chunk, GatewayRequest request)
    {
        output.Write("data: "u8);
        StreamDetails.WriteInto(output, chunk, request, meter.CostOf(request));
        output.Write("\n\n"u8);
    }

    private static void WriteEnd(IBufferWriter<byte> output, Refusal? failure)
    {
        if (failure is null)
        {
            output.Write("data: [DONE]\n\n"u8);
            return;
        }

        output.Write("data: "u8);
        OpenAIErrors.WriteBody(output, failure);
        output.Write("\n\n"u8);
    }

    [LoggerMessage(LogLevel.Warning, "{Alias}: the stream of {Target} broke: {Reason}")]
    private partial void LogBroken(string alias, string target, string reason);

    [LoggerMessage(LogLevel.Warning, "{Alias}: a chunk of {Target} ({Bytes} bytes) is no JSON and was left out.")]
    private partial void LogMalformed(string alias, string target, int bytes);
}
