using System.Diagnostics;
using System.Diagnostics.Metrics;
using Gateway.Api.Metering;
using Gateway.Api.Pipeline;
using Gateway.Api.Routing;
using ServiceDefaults.Metrics;
using ServiceDefaults.Telemetry;
using ServiceDefaults.Usage;

namespace Gateway.Api.Telemetry;

/// <summary>What is measured of each request when it is settled: by the conventions for generative AI what the provider did, and what the gateway made of it.</summary>
internal sealed class RequestMetrics
{
    private const double NanosPerUsd = 1e9;

    private readonly TimeProvider _time;
    private readonly bool _tellsTenants;
    private readonly Histogram<long> _tokens;
    private readonly Histogram<double> _durations;
    private readonly Histogram<double> _firstTokens;
    private readonly Counter<long> _requests;
    private readonly Counter<double> _costs;

    public RequestMetrics(IMeterFactory meters, MetricsOptions options, TimeProvider time)
    {
        (_time, _tellsTenants) = (time, options.TenantLabels);
        var meter = meters.Create(TelemetryNames.Gateway);
        _tokens = meter.CreateHistogram(GenAIConvention.TokenUsage, GenAIConvention.Tokens, "Number of input and output tokens used.", [], new InstrumentAdvice<long> { HistogramBucketBoundaries = GenAIConvention.TokenBounds });
        _durations = meter.CreateHistogram(GenAIConvention.OperationDuration, GenAIConvention.Seconds, "GenAI operation duration.", [], new InstrumentAdvice<double> { HistogramBucketBoundaries = GenAIConvention.DurationBounds });
        _firstTokens = meter.CreateHistogram(GenAIConvention.TimeToFirstToken, GenAIConvention.Seconds, "Time to generate first token for successful responses.", [], new InstrumentAdvice<double> { HistogramBucketBoundaries = GenAIConvention.FirstTokenBounds });
        _requests = meter.CreateCounter<long>("gateway.requests", "{request}", "Requests that were settled, by how they ended.");
        _costs = meter.CreateCounter<double>("gateway.cost", "USD", "What answers cost; those whose target has no price are in gateway.usage.unknown_cost.");
    }

    /// <param name="request">Settled but for this.</param>
    /// <param name="reported">Its tokens, as the provider told them; null where it told none.</param>
    /// <param name="nanoUsd">What it cost; null where that is not known.</param>
    public void Settled(GatewayRequest request, UsageTokens? reported, long? nanoUsd)
    {
        var outcome = request.Outcome!.Value;
        if (_requests.Enabled)
        {
            CountRequest(request, outcome);
        }

        if (request.Target is not { } target || request.AvoidedBy != AvoidedBy.None)
        {
            return;
        }

        if (nanoUsd > 0 && _costs.Enabled)
        {
            CountCost(request, target, nanoUsd.Value);
        }

        if (_durations.Enabled && request.Operation.IsOfModels)
        {
            Measure(request, target, outcome, reported);
        }
    }

    private void CountRequest(GatewayRequest request, Outcome outcome)
    {
        var isAvoided = outcome.Status == UsageStatus.Ok && request.AvoidedBy != AvoidedBy.None;
        var tags = new TagList { { GenAIConvention.OperationName, request.Operation.MetricName }, { "gateway.status", NameOf(isAvoided ? UsageStatus.Cached : outcome.Status) } };
        if (request.Route is { } route)
        {
            tags.Add("gateway.alias", route.Alias);
        }

        if (ErrorTypes.Of(outcome) is { } error)
        {
            tags.Add(GenAIConvention.ErrorType, error);
        }

        _requests.Add(1, tags);
    }

    private void CountCost(GatewayRequest request, Target target, long nanoUsd)
    {
        var tags = new TagList { { "gateway.target", target.Name } };
        if (request.Route is { } route)
        {
            tags.Add("gateway.alias", route.Alias);
        }

        if (_tellsTenants)
        {
            tags.Add("gateway.tenant", request.Caller.Tenant);
        }

        _costs.Add(nanoUsd / NanosPerUsd, tags);
    }

    private void Measure(GatewayRequest request, Target target, Outcome outcome, UsageTokens? reported)
    {
        var identity = target.Provider.Identity;
        var tags = new TagList { { GenAIConvention.OperationName, request.Operation.Name }, { GenAIConvention.ProviderName, identity.Name }, { GenAIConvention.RequestModel, target.Model } };
        if (identity.Address is { } address)
        {
            tags.Add(GenAIConvention.ServerAddress, address);
            tags.Add(GenAIConvention.ServerPort, identity.Port);
        }

        if (outcome.Status == UsageStatus.Ok && request is { Fields.Stream: true, FirstByte: { } first, Attempts: > 0 })
        {
            _firstTokens.Record(_time.GetElapsedTime(request.AttemptStarted, first).TotalSeconds, tags);
        }

        if (reported is { } tokens)
        {
            Record(tags, GenAIConvention.Input, tokens.Total() - tokens.Output);
            if (request.Operation.MakesText)
            {
                Record(tags, GenAIConvention.Output, tokens.Output);
            }
        }

        if (ErrorTypes.Of(outcome) is { } error)
        {
            tags.Add(GenAIConvention.ErrorType, error);
        }

        _durations.Record(request.Duration.TotalSeconds, tags);
    }

    private void Record(TagList tags, string type, long count)
    {
        tags.Add(GenAIConvention.TokenType, type);
        _tokens.Record(count, tags);
    }

    private static string NameOf(UsageStatus status) => status switch
    {
        UsageStatus.Ok => "ok",
        UsageStatus.Refused => "refused",
        UsageStatus.Failed => "failed",
        UsageStatus.Cancelled => "cancelled",
        _ => "cached",
    };
}
