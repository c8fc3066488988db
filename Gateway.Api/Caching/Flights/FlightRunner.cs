using Gateway.Api.Caching.Semantic;
using Gateway.Api.Configuration;
using Gateway.Api.Metering;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers;
using Gateway.Api.Streaming;

namespace Gateway.Api.Caching.Flights;

/// <summary>Makes the call of a flight, hands on what comes, and keeps the answer where it is whole and fit to be given again.</summary>
internal sealed partial class FlightRunner(
    LiveConfiguration configuration, AnswerCache cache, SemanticCache semantic, UpstreamCall upstream, UsageMeter meter, TimeProvider time, ILogger<FlightRunner> logger)
{
    /// <summary>A stream longer than this is no answer of a model.</summary>
    private const int MaxStreamBytes = 16 * 1024 * 1024;

    // Whoever reads the stream has the same limit, and tells its caller better what happened.
    private static readonly TimeSpan IdleMargin = TimeSpan.FromSeconds(1);

    private static ReadOnlySpan<byte> Done => "data: [DONE]\n\n"u8;

    /// <summary>Never throws; <paramref name="call"/> is disposed.</summary>
    public async Task RunAsync(Flight flight, GatewayRequest call, CacheUse use)
    {
        try
        {
            using (call)
            {
                var (found, question) = await FindAsync(call, use);
                if (found is not null)
                {
                    flight.Begin(new FlightHead(null, 0, []) { Kept = found });
                    return;
                }

                using var result = await upstream.CallAsync(call);
                await HandOnAsync(flight, call, use with { Question = question }, result);
            }
        }
        catch (OperationCanceledException) when (!call.CallerLeft)
        {
            flight.Begin(HeadOf(call, UpstreamFailure.Silent(call.Target ?? call.Route!.Targets[0], call.Route!.Limits.Request)));
        }
        catch (Exception failure)
        {
            if (failure is not OperationCanceledException)
            {
                LogFailed(failure, call.Route!.Alias);
            }

            flight.Fail(failure);
        }
    }

    private async Task HandOnAsync(Flight flight, GatewayRequest call, CacheUse use, UpstreamResult result)
    {
        call.FirstByte = time.GetTimestamp();
        switch (result)
        {
            case UpstreamReply reply:
                flight.Add(reply.Facts);
                upstream.Learn(call);
                KeepReply(call, use, reply);
                flight.Close();
                flight.Begin(HeadOf(call, reply) with { Reply = reply });
                call.LeaveTarget();
                await flight.AllLeft;
                break;
            case UpstreamStream stream:
                flight.Begin(HeadOf(call, stream));
                await ReadAsync(flight, call, use, stream);
                break;
            default:
                call.FirstByte = null;
                flight.Begin(HeadOf(call, result));
                break;
        }
    }

    // What is kept of the same question, else of one that means the same; and what it means, for its own answer to be found by.
    private async ValueTask<(SimilarAnswer? Found, MeantQuestion? Question)> FindAsync(GatewayRequest call, CacheUse use)
    {
        if (!use.Refreshes && await FindSameAsync(call, use) is { } same)
        {
            return (new SimilarAnswer(same), null);
        }

        var question = await semantic.ReadAsync(call);
        return (use.Refreshes || question is null ? null : semantic.Find(question), question);
    }

    private async ValueTask<CachedAnswer?> FindSameAsync(GatewayRequest call, CacheUse use)
    {
        // The flight before may have ended just now.
        var answer = cache.FindHere(use.Key) ?? await cache.FindElsewhereAsync(call.Caller.Tenant, use.Key, call.Fields.Stream, call.Cancelled);
        return answer?.AgeAt(time.GetUtcNow()) > use.MaxAge ? null : answer;
    }

    private async Task ReadAsync(Flight flight, GatewayRequest call, CacheUse use, UpstreamStream stream)
    {
        var seen = new StreamFacts(call.Fields.Choices);
        Exception? failure = null;
        try
        {
            do
            {
                while (stream.TryRead(out var frame))
                {
                    seen.Add(frame);
                    flight.Add(frame.Facts);
                    flight.Frames.Write(frame.Bytes.Span);
                }

                // Who has read the end may ask again at once, and is to find it kept.
                if (!seen.IsDone)
                {
                    flight.Frames.Publish();
                    call.RenewDeadline(seen.IsFinished ? StreamRelay.DoneGrace : call.Route!.Limits.StreamIdle + IdleMargin);
                }

                if (flight.Frames.Length > MaxStreamBytes)
                {
                    throw new IOException($"The answer is longer than {MaxStreamBytes} bytes.");
                }
            }
            while (!seen.IsDone && await stream.WaitToReadAsync(call.Cancelled));
        }
        catch (Exception end) when (end is IOException or HttpRequestException or OperationCanceledException)
        {
            failure = end;
        }

        if (seen.IsFinished)
        {
            upstream.Learn(call);
            if (seen.IsFit(call.Route!.Cache))
            {
                Keep(call, use, seen.IsDone ? flight.Frames.ToArray() : [.. flight.Frames.ToArray(), .. Done], default, stream.Warnings);
            }
        }

        flight.Frames.End(failure);
    }

    private void KeepReply(GatewayRequest call, CacheUse use, UpstreamReply reply)
    {
        if (FitAnswers.IsFit(call, reply))
        {
            Keep(call, use, reply.Body, reply.Facts, reply.Warnings);
        }
    }

    private void Keep(GatewayRequest call, CacheUse use, ReadOnlyMemory<byte> bytes, AnswerFacts facts, IReadOnlyList<string> warnings)
    {
        if (bytes.Length > configuration.Current.Cache.MaxEntryBytes)
        {
            return;
        }

        var answer = new CachedAnswer
        {
            Target = call.Target!.Name,
            Bytes = bytes.ToArray(),
            At = time.GetUtcNow(),
            Lifetime = call.Route!.Cache.Lifetime,
            CostNanoUsd = meter.CostOf(call),
            Duration = time.GetElapsedTime(call.Started),
            Warnings = warnings,
            Facts = facts,
        };
        cache.Keep(call.Caller.Tenant, use.Key, answer, call.Fields.Stream);
        if (use.Question is { } question)
        {
            semantic.Add(question, answer);
        }
    }

    private static FlightHead HeadOf(GatewayRequest call, UpstreamResult result) =>
        new(result.Target, call.Attempts, [.. call.Warnings, .. result.Warnings]) { Failure = result as UpstreamFailure };

    [LoggerMessage(LogLevel.Error, "{Alias}: a call that several requests wait for failed.")]
    private partial void LogFailed(Exception exception, string alias);
}
