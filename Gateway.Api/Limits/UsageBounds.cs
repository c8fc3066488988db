using System.Collections.Concurrent;
using Gateway.Api.Configuration;
using Gateway.Api.Pipeline;
using Gateway.Api.Prices;
using Gateway.Api.Routing;

namespace Gateway.Api.Limits;

/// <summary>The most that a request can use, whichever of its targets answers.</summary>
internal sealed class UsageBounds(LiveConfiguration configuration)
{
    /// <summary>What an answer may have where neither the request nor the alias says.</summary>
    private const int UsualOutputTokens = 4096;

    private readonly ConcurrentDictionary<string, PromptBound> _prompts = new(StringComparer.Ordinal);

    public void Learn(Target target, long requestBytes, long promptTokens) => PromptOf(target).Learn(requestBytes, promptTokens);

    /// <summary>Prompt and answer; 0 for what is passed through, of which nothing is known.</summary>
    public long TokensOf(GatewayRequest request)
    {
        if (request.Route is not { } route)
        {
            return 0;
        }

        long prompt = 0;
        foreach (var target in route.Targets)
        {
            prompt = Math.Max(prompt, PromptOf(target).Of(request.Body!.Length));
        }

        return prompt + OutputOf(request);
    }

    /// <summary>At the dearest target, in nano-dollars; null where a target has no price.</summary>
    public long? CostOf(GatewayRequest request)
    {
        if (request.Route is not { } route)
        {
            return null;
        }

        var output = OutputOf(request);
        long most = 0;
        foreach (var target in route.Targets)
        {
            if (PriceOf(target, request)?.MostFor(PromptOf(target).Of(request.Body!.Length), output, request.IsBatch) is not { } cost)
            {
                return null;
            }

            most = Math.Max(most, cost);
        }

        return most;
    }

    /// <summary>The alias's price class, by its dearest target; null where a target has no price.</summary>
    public PriceClass? ClassOf(GatewayRequest request)
    {
        if (request.Route is not { } route)
        {
            return null;
        }

        decimal dearest = 0;
        foreach (var target in route.Targets)
        {
            if (PriceOf(target, request) is not { } price)
            {
                return null;
            }

            dearest = Math.Max(dearest, price.Output ?? price.Input);
        }

        var budgets = configuration.Current.Budgets;
        return dearest < budgets.CheapBelowUsd ? PriceClass.Cheap : dearest < budgets.ExpensiveFromUsd ? PriceClass.Standard : PriceClass.Expensive;
    }

    private long OutputOf(GatewayRequest request)
    {
        if (!request.Operation.MakesText)
        {
            return 0;
        }

        var fields = request.Fields;
        var each = fields.MaxOutputTokens ?? configuration.Current.Models.GetValueOrDefault(request.Route!.Alias)?.MaxOutputTokens ?? UsualOutputTokens;
        return Math.Min(each, int.MaxValue) * Math.Clamp(fields.MostChoices, 1, short.MaxValue);
    }

    private PromptBound PromptOf(Target target) => _prompts.GetOrAdd(target.Name, static _ => new PromptBound());

    private Price? PriceOf(Target target, GatewayRequest request) => configuration.Current.Prices.Find(target.Name, request.StartedAt);
}
