using System.Globalization;
using Gateway.Api.Configuration;
using Gateway.Api.Flags;
using Gateway.Api.Pipeline;
using Gateway.Api.Prices;
using Gateway.Api.Routing;

namespace Gateway.Api.Limits;

/// <summary>Past a budget's soft threshold: warns, and does with dear requests what the rules say.</summary>
internal sealed partial class CostControl(
    LiveConfiguration configuration, LimitScopes scopes, LimitHolder holder, UsageBounds bounds, Router router, LimitMetrics metrics, FeatureFlags flags, ILogger<CostControl> logger)
{
    public async ValueTask<Refusal?> ApplyAsync(GatewayRequest request)
    {
        var options = configuration.Current;
        if (request.Holds?.Budget is not { } budget || budget.Verdict.BudgetShare < options.Budgets.SoftThreshold)
        {
            return null;
        }

        var (group, verdict) = budget;
        var name = $"{(verdict.Budget == LimitKind.DailyBudget ? "daily" : "monthly")} budget of {group.Scopes[verdict.BudgetScope].Title}";
        var percent = (int)(verdict.BudgetShare * 100);
        request.Http.Response.Headers[LimitHeaders.Budget] = string.Create(
            CultureInfo.InvariantCulture, $"{percent}%; spent={NanoUsd.Format(verdict.BudgetSpent)}; held={NanoUsd.Format(verdict.BudgetHeld)}; limit={NanoUsd.Format(verdict.BudgetLimit)}");
        GatewayHeaders.Warn(request.Http.Response, $"{percent} % of the {name} is spent");
        return bounds.ClassOf(request) is { } priceClass && options.CostControl.FirstOrDefault(rule => rule.PriceClass == priceClass) is { } found
            && await flags.IsOnAsync(GatewayFlags.CostControl, request.Caller)
            ? await ApplyAsync(request, found, group, name, verdict)
            : null;
    }

    private async ValueTask<Refusal?> ApplyAsync(GatewayRequest request, CostRule rule, ScopeGroup group, string budget, Verdict verdict)
    {
        var alias = request.Route!.Alias;
        switch (rule.Action)
        {
            case CostAction.Refuse:
                Tell(request, rule.Action, budget, "refused");
                return LimitRefusals.InsufficientQuota(
                    $"The {budget} is nearly used up ({NanoUsd.Format(verdict.BudgetSpent)} of {NanoUsd.Format(verdict.BudgetLimit)} USD spent), and '{alias}' is too dear for the rest. A cheaper model may do.",
                    LimitRefusals.UntilRenewed(verdict.Budget, request.StartedAt));
            case CostAction.Slow:
                Tell(request, rule.Action, budget, $"slowed to {rule.RequestsPerMinute} requests per minute");
                var owner = group.Scopes[verdict.BudgetScope];
                var slow = new Scope($"s:{owner.Name}", $"{owner.Title}, whose budget is nearly used up") { RequestsPerMinute = rule.RequestsPerMinute!.Value };
                return await holder.TakeAsync(request, new ScopeGroup(group.Place, [slow]));
            case CostAction.CapOutput when request.Operation.MakesText && OutputCap.Apply(request, rule.MaxOutputTokens!.Value):
                Tell(request, rule.Action, budget, $"the answer is cut to {rule.MaxOutputTokens} tokens");
                return null;
            case CostAction.Reroute when alias != rule.Alias && FindRoute(request, rule.Alias!) is { } cheaper:
                Tell(request, rule.Action, budget, $"answered by '{cheaper.Alias}'");
                request.Route = cheaper;
                return await holder.TakeAsync(request, scopes.OfModel(cheaper.Alias));
            default:
                return null;
        }
    }

    // A rule opens no model to a key that may not use it.
    private ModelRoute? FindRoute(GatewayRequest request, string alias) =>
        request.Caller.MayUse(alias) && configuration.Current.TierMayUse(request.Caller.Tier, alias)
            ? router.Find(alias, Access.Caller.BringsBedrockTokenTo(request.Http))
            : null;

    private void Tell(GatewayRequest request, CostAction action, string budget, string what)
    {
        metrics.Acted(action);
        LogActed(request.Caller.Id, request.Route!.Alias, what, budget);
        GatewayHeaders.Warn(request.Http.Response, what);
    }

    [LoggerMessage(LogLevel.Information, "Cost control: {Key}'s request for {Alias}: {What}, since the {Budget} is nearly used up.")]
    private partial void LogActed(string key, string alias, string what, string budget);
}
