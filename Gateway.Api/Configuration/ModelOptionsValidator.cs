using System.Globalization;

namespace Gateway.Api.Configuration;

/// <summary>Checks one alias: its policy, its targets, and that its times go together.</summary>
internal static class ModelOptionsValidator
{
    private const double MaxWeight = 1_000_000;
    private const double MaxSeconds = 3600;
    private const int MaxTokens = 1_000_000;
    private const int MaxConcurrency = 100_000;
    private const int MaxTtlSeconds = 2_592_000;
    private const double MinSeconds = 0.1;

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

        if (model.CostShare is not (>= 0 and <= 1))
        {
            faults.Add($"{key}:CostShare is {Text(model.CostShare)}; allowed: 0 to 1.");
        }

        if (model.MaxOutputTokens is not (null or (>= 1 and <= MaxTokens)))
        {
            faults.Add($"{key}:MaxOutputTokens is {model.MaxOutputTokens}; allowed: 1 to {MaxTokens}.");
        }

        if (model.Cache?.TtlSeconds is not (null or (>= 1 and <= MaxTtlSeconds)))
        {
            faults.Add($"{key}:Cache:TtlSeconds is {model.Cache.TtlSeconds}; allowed: 1 to {MaxTtlSeconds}.");
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

        if (target.Weight is not (>= 0 and <= MaxWeight))
        {
            faults.Add($"{key}:Weight is {Text(target.Weight)}; allowed: 0 to {Text(MaxWeight)}.");
        }

        if (target.ContextWindow is <= 0)
        {
            faults.Add($"{key}:ContextWindow is {target.ContextWindow}; it must be 1 or more tokens, or left out.");
        }

        if (target.MaxConcurrency is not (null or (>= 1 and <= MaxConcurrency)))
        {
            faults.Add($"{key}:MaxConcurrency is {target.MaxConcurrency}; allowed: 1 to {MaxConcurrency}.");
        }

        if (RoutingPolicies.ThatWantPrices.Contains(model.Policy) && !options.Prices.Knows($"{target.Provider}/{target.Model}"))
        {
            faults.Add($"{key}: Policy {model.Policy} wants a price for each target; Gateway:Prices:{target.Provider}/{target.Model} is missing.");
        }
    }

    private static void ValidateTimes(string key, ModelOptions model, LimitsOptions limits, List<string> faults)
    {
        Check(nameof(model.RequestTimeoutSeconds), model.RequestTimeoutSeconds, MinSeconds);
        Check(nameof(model.FirstTokenTimeoutSeconds), model.FirstTokenTimeoutSeconds, MinSeconds);
        Check(nameof(model.StreamIdleTimeoutSeconds), model.StreamIdleTimeoutSeconds, MinSeconds);
        Check(nameof(model.FallbackReserveSeconds), model.FallbackReserveSeconds, 0);
        if (model is { RequestTimeoutSeconds: null, FirstTokenTimeoutSeconds: null, FallbackReserveSeconds: null })
        {
            return;
        }

        var request = model.RequestTimeoutSeconds ?? limits.RequestTimeoutSeconds;
        TimeRules.Check(key, request, model.FirstTokenTimeoutSeconds ?? limits.FirstTokenTimeoutSeconds, model.FallbackReserveSeconds ?? limits.FallbackReserveSeconds, faults);

        void Check(string name, double? seconds, double least)
        {
            if (seconds is { } value && !(value >= least && value <= MaxSeconds))
            {
                faults.Add($"{key}:{name} is {Text(value)}; allowed: {Text(least)} to {Text(MaxSeconds)}.");
            }
        }
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
