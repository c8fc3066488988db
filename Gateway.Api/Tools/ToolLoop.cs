using Gateway.Api.Answers;
using Gateway.Api.Configuration;
using Gateway.Api.Limits;
using Gateway.Api.Metering;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers;
using Gateway.Api.Routing;
using Gateway.Api.Streaming;
using Gateway.Api.Telemetry;
using Gateway.Api.Tools.Calls;
using Gateway.Api.Tools.Replies;

namespace Gateway.Api.Tools;

/// <summary>
/// Calls a model, then the tools that it wants called, then the model again, until it has its answer. A round is a request of its own: held, routed, tried again and
/// metered like any. In each:
/// <list type="number">
/// <item>the model is called, under the limits again from the second round on;</item>
/// <item>what it says goes to the caller, but for the calls that are made here;</item>
/// <item>those are made, all at once;</item>
/// <item>what they gave becomes a part of the conversation.</item>
/// </list>
/// </summary>
internal sealed partial class ToolLoop(
    LiveConfiguration configuration, LimitStage limits, UpstreamCall upstream, StreamRelay relay, UsageMeter meter, ToolRunner runner, ToolMetrics metrics, TimeProvider time, ILogger<ToolLoop> logger)
{
    /// <summary>Answers the request, or returns why not where nothing of an answer is out.</summary>
    public async Task<Refusal?> RunAsync(GatewayRequest request)
    {
        if (RouteOf(request) is not { } route)
        {
            return Refusal.InvalidRequest($"The model '{request.Route!.Alias}' cannot call tools. Send \"product_context\" in their place, or take another model.", "tools", "tools_not_supported");
        }

        request.Http.Response.Headers[GatewayHeaders.Cache] = "bypass";
        var options = configuration.Current.ToolLoop;
        var bounds = new LoopBounds(options, time, request.Started);
        using var answer = new LoopAnswer(request, time);
        if (request.Fields.Stream)
        {
            request.RenewDeadline(Timeout.InfiniteTimeSpan);
        }

        // Each round is settled for itself.
        request.Outcome = Outcome.Ok;
        var round = FirstOf(request, route);
        try
        {
            answer.Rounds.Before = await runner.RunAsync(request, round, bounds.TimeLeft);
            while (true)
            {
                var isLast = round.Round!.Number >= options.MaxRounds || request.Tools!.Activity.Stopped is not null;
                if (await RunAsync(request, round, answer, bounds) is { } failure)
                {
                    return await answer.FailAsync(failure);
                }

                var calls = answer.Rounds.Calls;
                var results = await CallAsync(request, round, answer, bounds, options, isLast);
                await meter.SettleAsync(round, Outcome.Ok);
                if (calls.Count == 0 || isLast || answer.Rounds.HandsBack || IsCutShort(answer.Rounds))
                {
                    return await answer.EndAsync(ReasonOf(request, answer.Rounds), bounds.Sum);
                }

                var next = NextOf(request, round);
                Transcript.AppendTo(next, answer.Rounds, results, mayCall: next.Round!.Number < options.MaxRounds && request.Tools!.Activity.Stopped is null);
                round.Dispose();
                round = next;
            }
        }
        catch (OperationCanceledException) when (request.CallerLeft)
        {
            await meter.SettleAsync(round, Outcome.Cancelled);
            throw;
        }
        catch (OperationCanceledException) when (request.Cancelled.IsCancellationRequested || round.Cancelled.IsCancellationRequested)
        {
            var timedOut = Refusal.Timeout($"The request was not answered within {request.Route!.Limits.Request.TotalSeconds:0.#} s.");
            await meter.SettleAsync(round, Outcome.Failed(timedOut));
            return await answer.FailAsync(timedOut);
        }
        catch
        {
            await meter.SettleAsync(round, Outcome.Bug);
            throw;
        }
        finally
        {
            round.Dispose();
            metrics.Ended(request.Tools!.Activity);
        }
    }

    // 1 and 2. Returns why there is no answer, or null.
    private async Task<Refusal?> RunAsync(GatewayRequest request, GatewayRequest round, LoopAnswer answer, LoopBounds bounds)
    {
        request.Tools!.Activity.Rounds = round.Round!.Number;
        if (round.Round.Number > 1 && await limits.AdmitAsync(round) is { } refused)
        {
            await meter.SettleAsync(round, Outcome.Refused(refused));
            return refused;
        }

        round.Span = GatewaySpans.StartOperation(round);
        using var result = await upstream.CallAsync(round);
        request.Attempts += round.Attempts;
        if (result is UpstreamFailure failed)
        {
            await meter.SettleAsync(round, Outcome.Failed(failed.Refusal));
            return failed.Refusal;
        }

        round.FirstByte = time.GetTimestamp();
        if (await answer.ReadAsync(round, result, relay) is { } broken)
        {
            await meter.SettleAsync(round, Outcome.BrokenOff(broken));
            LogBroken(request.Route!.Alias, result.Target.Name, broken.Message);
            return broken;
        }

        upstream.Learn(round);
        round.Answered();
        bounds.Add(meter.EndOf(round));
        return null;
    }

    // 3.
    private async Task<IReadOnlyList<FinishedCall>> CallAsync(GatewayRequest request, GatewayRequest round, LoopAnswer answer, LoopBounds bounds, ToolLoopOptions options, bool isLast)
    {
        var calls = answer.Rounds.Calls;
        if (calls.Count == 0 || IsCutShort(answer.Rounds))
        {
            return [];
        }

        var activity = request.Tools!.Activity;
        if ((isLast ? LoopBounds.Rounds : bounds.Reached) is { } bound)
        {
            activity.Stopped ??= bound;
            LogStopped(request.Route!.Alias, activity.Stopped, activity.Rounds);
            return round.Round!.Calls = [.. calls.Select(call => ToolRunner.Leave(call, LoopBounds.Words(bound)))];
        }

        var left = request.MostToolCalls - activity.Calls.Count;
        if (calls.Count > left)
        {
            activity.Stopped ??= LoopBounds.Calls;
        }

        var results = new FinishedCall[calls.Count];
        var running = calls.Select((call, index) => RunAsync(call, index)).ToList();
        await answer.FlushAsync();
        await foreach (var done in Task.WhenEach(running))
        {
            var index = await done;
            activity.Add(results[index]);
            answer.Writer.CallDone(results[index]);
            await answer.FlushAsync();
        }

        return round.Round!.Calls = results;

        async Task<int> RunAsync(PendingCall call, int index)
        {
            answer.Writer.CallStarted(call);
            results[index] =
                index >= left ? ToolRunner.Leave(call, LoopBounds.Words(LoopBounds.Calls))
                : index >= options.MaxCallsPerRound ? ToolRunner.Leave(call, $"no more than {options.MaxCallsPerRound} tools are called at once")
                : await runner.RunAsync(request, call, bounds.TimeLeft);
            return index;
        }
    }

    // Of an alias's targets those whose models can call tools; null where there are none.
    private static ModelRoute? RouteOf(GatewayRequest request)
    {
        var route = request.Route!;
        var targets = route.Targets.Where(target => target.CallsTools).ToList();
        return targets.Count == 0 ? null : targets.Count == route.Targets.Count ? route : route with { Targets = targets };
    }

    // What admission holds is for the first round.
    private GatewayRequest FirstOf(GatewayRequest request, ModelRoute route)
    {
        var first = NewRound(request, request, route, number: 1);
        first.Holds = request.Holds;
        request.Holds = null;
        return first;
    }

    private GatewayRequest NextOf(GatewayRequest request, GatewayRequest last) => NewRound(request, last, last.Route!, last.Round!.Number + 1);

    // The same caller, and a reply that goes nowhere of itself. Of a stream each round has the time for a first byte; else all have what the request has.
    private GatewayRequest NewRound(GatewayRequest request, GatewayRequest last, ModelRoute route, int number)
    {
        var http = new DefaultHttpContext { User = request.Http.User, TraceIdentifier = request.Http.TraceIdentifier, RequestAborted = request.Http.RequestAborted };
        var timeLeft = request.Fields.Stream ? request.Route!.Limits.Request : request.TimeLeft;
        last.Body!.Borrow();
        return new GatewayRequest(http, request.Operation, timeLeft > TimeSpan.Zero ? timeLeft : TimeSpan.Zero, time, request.Codec)
        {
            Body = last.Body,
            IsBatch = request.IsBatch,
            Fields = last.Fields,
            Route = timeLeft == route.Limits.Request ? route : route with { Limits = route.Limits with { Request = timeLeft } },
            Extensions = last.Extensions,
            Variant = request.Variant,
            Round = new Round(number) { Search = number == 1 ? request.Tools!.Activity.Search : null },
        };
    }

    // The limit of tokens, or a filter, may have cut a call in two.
    private static bool IsCutShort(RoundWriter round) => round.Reason is FinishReason.Length or FinishReason.ContentFilter;

    private static FinishReason ReasonOf(GatewayRequest request, RoundWriter round) =>
        IsCutShort(round) ? round.Reason!.Value
        : round.HandsBack ? FinishReason.ToolCalls
        : request.Tools!.Activity.Stopped is not null && round.Calls.Count > 0 ? FinishReason.Length
        : FinishReason.Stop;

    [LoggerMessage(LogLevel.Warning, "{Alias}: the answer of {Target} broke among calls of tools: {Reason}")]
    private partial void LogBroken(string alias, string target, string reason);

    [LoggerMessage(LogLevel.Information, "{Alias}: the bound of {Bound} is reached after {Rounds} rounds; no further tool is called.")]
    private partial void LogStopped(string alias, string bound, int rounds);
}
