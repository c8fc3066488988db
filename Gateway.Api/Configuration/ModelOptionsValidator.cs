namespace Gateway.Api.Configuration;

/// <summary>Checks one alias: its policy, its targets, and that its times go together.</summary>
internal static class ModelOptionsValidator
{
    public static void Validate(string key, ModelOptions model, GatewayOptions options, List<string> faults)
    {
        if (!RoutingPolicies.All.Contains(model.Policy))
        {
            faults.Add($"{key}:Policy is '{model.Policy}'; allowed: {string.Join(", ", RoutingPolicies.All)}.");
        }

        if (model.Targets.Count == 0)
        {
            faults.Add($"{key}:Targets is empty; an alias needs at least one target.");
        }

        RangeRules.Check(key, model, faults);
        if (model.Cache is { } cache)
        {
            RangeRules.Check($"{key}:Cache", cache, faults);
        }

        for (var i = 0; i < model.Targets.Count; i++)
        {
            ValidateTarget($"{key}:Targets:{i}", model.Targets[i], model, options, faults);
        }

        ValidateTimes(key, model, options.Limits, faults);
    }

    public static void ValidateTarget(string key, TargetOptions target, ModelOptions model, GatewayOptions options, List<string> faults)
    {
        if (!options.Providers.ContainsKey(target.Provider))
        {
            faults.Add($"{key}:Provider is '{target.Provider}'; allowed: {string.Join(", ", options.Providers.Keys.Order())}.");
        }

        if (string.IsNullOrWhiteSpace(target.Model))
        {
            faults.Add($"{key}:Model is empty; it names the model at the provider.");
        }

        RangeRules.Check(key, target, faults);
        if (RoutingPolicies.ThatWantPrices.Contains(model.Policy) && !options.Prices.Knows($"{target.Provider}/{target.Model}"))
        {
            faults.Add($"{key}: Policy {model.Policy} wants a price for each target; Gateway:Prices:{target.Provider}/{target.Model} is missing.");
        }
    }

    private static void ValidateTimes(string key, ModelOptions model, LimitsOptions limits, List<string> faults)
    {
        if (model is { RequestTimeoutSeconds: null, FirstTokenTimeoutSeconds: null, FallbackReserveSeconds: null })
        {
            return;
        }

        var request = model.RequestTimeoutSeconds ?? limits.RequestTimeoutSeconds;
        TimeRules.Check(key, request, model.FirstTokenTimeoutSeconds ?? limits.FirstTokenTimeoutSeconds, model.FallbackReserveSeconds ?? limits.FallbackReserveSeconds, faults);
    }
}
