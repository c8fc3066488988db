using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Gateway.Api.Routing;
using ServiceDefaults.Telemetry;

namespace Gateway.Api.Telemetry;

/// <summary>What the gateway counts of itself; requests and connections are counted by ASP.NET Core and HttpClient.</summary>
internal sealed partial class GatewayMetrics
{
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _malformedChunks;
    private readonly Counter<long> _unknownCosts;
    private readonly Counter<long> _estimates;
    private readonly Counter<long> _ignoredParameters;
    private readonly Counter<long> _unreadableSecrets;
    private readonly Counter<long> _experimentRequests;

    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(TelemetryNames.Gateway);
        _attempts = meter.CreateCounter<long>("gateway.attempts", "{attempt}", "Calls of a target, by outcome.");
        _malformedChunks = meter.CreateCounter<long>("gateway.stream.malformed_chunks", "{chunk}", "Stream chunks that were not JSON and were left out.");
        _unknownCosts = meter.CreateCounter<long>("gateway.usage.unknown_cost", "{request}", "Requests whose target has no price.");
        _estimates = meter.CreateCounter<long>("gateway.usage.estimated", "{request}", "Requests whose tokens the provider did not tell.");
        _ignoredParameters = meter.CreateCounter<long>("gateway.ignored_parameters", "{parameter}", "Parameters of requests that the target has no place for.");
        _unreadableSecrets = meter.CreateCounter<long>("gateway.secrets.unreadable", "{failure}", "Times that a secret could no longer be read, or not at the first look.");
        _experimentRequests = meter.CreateCounter<long>("gateway.experiment.requests", "{request}", "Requests that fell into a variant of an experiment.");
    }

    public void Attempted(Target target, string outcome)
    {
        if (_attempts.Enabled)
        {
            _attempts.Add(1, new("gateway.target", target.Name), new("gateway.outcome", outcome));
        }
    }

    /// <param name="target">What has no place for it.</param>
    /// <param name="parameter">Its name, which the caller chose: one that is no name as APIs have them is counted as "other".</param>
    public void IgnoredParameter(Target target, string parameter) =>
        _ignoredParameters.Add(1, new("gateway.target", target.Name), new KeyValuePair<string, object?>("gateway.parameter", ParameterName().IsMatch(parameter) ? parameter : "other"));

    public void SecretUnreadable(string reference) => _unreadableSecrets.Add(1, new KeyValuePair<string, object?>("gateway.secret", reference));

    public void Experimented(string variant) => _experimentRequests.Add(1, new KeyValuePair<string, object?>("gateway.variant", variant));

    public void SkippedMalformedChunk(Target target) => Count(_malformedChunks, target);

    public void CostUnknown(Target target) => Count(_unknownCosts, target);

    public void UsageEstimated(Target target) => Count(_estimates, target);

    private static void Count(Counter<long> counter, Target target)
    {
        if (counter.Enabled)
        {
            counter.Add(1, new KeyValuePair<string, object?>("gateway.target", target.Name));
        }
    }

    [GeneratedRegex(@"^[a-z_.]{1,40}\z")]
    private static partial Regex ParameterName();
}
