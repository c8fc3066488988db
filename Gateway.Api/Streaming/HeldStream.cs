using System.Buffers;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers;

namespace Gateway.Api.Streaming;

/// <summary>
/// Safe stream: reads a stream to its end before any of it goes out. What breaks before that is one target's failure like any other,
/// and the next target begins anew, so that the caller gets one whole answer or an honest error, never a part of each.
/// </summary>
internal static class HeldStream
{
    /// <summary>An answer longer than this is not held; it is no answer of a model.</summary>
    private const int MaxBytes = 16 * 1024 * 1024;

    /// <param name="request">Its time is renewed for as long as the stream flows.</param>
    /// <param name="stream">Read to its end and disposed.</param>
    /// <param name="cancellationToken">Bounds the wait for the first chunk, which is there.</param>
    public static async ValueTask<UpstreamResult> HoldAsync(GatewayRequest request, UpstreamStream stream, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using (stream)
        {
            var idle = request.Route!.Limits.StreamIdle;
            using var silence = new CancellationTokenSource();
            using var leaving = request.Http.RequestAborted.UnsafeRegister(static silence => ((CancellationTokenSource)silence!).Cancel(), silence);
            request.RenewDeadline(Timeout.InfiniteTimeSpan);
            try
            {
                var held = new ArrayBufferWriter<byte>(16 * 1024);
                return await ReadAsync(request, stream, held, silence, idle) is { } reason
                    ? UpstreamFailure.BadReply(stream.Target, reason)
                    : UpstreamStream.OfWhole(stream.Target, held.WrittenMemory, stream.Warnings);
            }
            catch (OperationCanceledException) when (!request.CallerLeft)
            {
                return UpstreamFailure.Silent(stream.Target, idle);
            }
            catch (Exception broken) when (broken is IOException or HttpRequestException)
            {
                return UpstreamFailure.BadReply(stream.Target, "broke off in the middle of its answer.");
            }
            finally
            {
                request.RenewDeadline(request.Route.Limits.Request);
            }
        }
    }

    /// <summary>Returns null at a complete end, or why it is none.</summary>
    private static async ValueTask<string?> ReadAsync(GatewayRequest request, UpstreamStream stream, ArrayBufferWriter<byte> held, CancellationTokenSource silence, TimeSpan idle)
    {
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
                            held.Write(frame.Bytes.Span);
                            return null;
                        case ChunkKind.Error:
                            return $"failed in the middle of its answer: {ProviderError.Read(frame.Data).Message}";
                    }

                    unfinished -= frame.Facts.Finishes;
                    held.Write(frame.Bytes.Span);
                }

                if (held.WrittenCount > MaxBytes)
                {
                    return $"answered with more than {MaxBytes:N0} bytes.";
                }

                silence.CancelAfter(unfinished <= 0 ? StreamRelay.DoneGrace : idle);
            }
            while (await stream.WaitToReadAsync(silence.Token));
        }
        catch (Exception end) when (unfinished <= 0 && !request.CallerLeft && end is (OperationCanceledException or IOException or HttpRequestException))
        {
            return null;
        }

        return unfinished <= 0 ? null : "ended its stream early.";
    }
}
