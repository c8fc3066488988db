namespace Gateway.Api.Routing;

/// <summary>How a target fares. One for each <c>provider/model</c>, whatever aliases it serves and however often the configuration changes.</summary>
internal sealed class TargetHealth(TimeProvider time)
{
    public TargetLoad Load { get; } = new(time);

    public Circuit Circuit { get; } = new(time);

    public RetryBudget Retries { get; } = new(time);

    public TargetQueue Queue { get; } = new(time);
}
