using Gateway.Api.Pipeline;

namespace Gateway.Api.Limits;

/// <summary>Takes holds for a request, and turns what does not admit one into what the caller is told.</summary>
internal sealed class LimitHolder(UsageBounds bounds, ILimitStore store, LimitMetrics metrics, TimeProvider time)
{
    /// <summary>Returns why the request is refused, or null. What one of two admitted is given back when the request is settled.</summary>
    public async ValueTask<Refusal?> TakeAsync(GatewayRequest request, ScopeGroup? one, ScopeGroup? other = null)
    {
        if (one is null && other is null)
        {
            return null;
        }

        var tokens = bounds.TokensOf(request);
        var cost = one is { HasBudget: true } || other is { HasBudget: true } ? CostOf(request) : 0;
        request.Holds ??= new RequestHolds(store);

        // Both are on their way before either is waited for.
        var first = one is null ? null : new Hold(one, tokens, cost);
        var second = other is null ? null : new Hold(other, tokens, cost);
        var ofFirst = first is null ? default : store.HoldAsync(first);
        var ofSecond = second is null ? default : store.HoldAsync(second);
        var refusal = Note(request, first, await ofFirst);
        return Note(request, second, await ofSecond) is { } late ? refusal ?? late : refusal;
    }

    private Refusal? Note(GatewayRequest request, Hold? hold, Verdict verdict)
    {
        if (hold is null)
        {
            return null;
        }

        var headers = request.Http.Response.Headers;
        var now = Moment.Of(time.GetUtcNow());
        if (verdict.IsAdmitted)
        {
            request.Holds!.Add(hold, verdict);
            LimitHeaders.Write(headers, verdict, now);
            return null;
        }

        var refusal = LimitRefusals.Of(verdict, hold, now);
        LimitHeaders.WriteRefused(headers, verdict, refusal.RetryAfter);
        metrics.Refused(verdict.Refused.ToString());
        return refusal;
    }

    private long? CostOf(GatewayRequest request)
    {
        var cost = bounds.CostOf(request);
        if (cost is null)
        {
            var name = request.Route?.Alias ?? request.Operation.Name;
            metrics.PriceUnknown(name);
            GatewayHeaders.Warn(request.Http.Response, $"the price of '{name}' is not known, so its cost counts towards no budget");
        }

        return cost;
    }
}
