namespace Aws.Deployment.Estimate.Usage;

/// <summary>What an environment is assumed to do in a month; each as low, expected and high. Docs: docs/costs-on-aws.md.</summary>
internal sealed record UsageAssumptions
{
    /// <summary>Requests to the gateway.</summary>
    public required Scenarios Requests { get; init; }

    /// <summary>How long one takes on average, most of which is waiting for a provider: what Lambda bills.</summary>
    public required Scenarios RequestSeconds { get; init; }

    /// <summary>KB that one brings, which go on to the provider.</summary>
    public required Scenarios RequestKilobytes { get; init; }

    /// <summary>KB that its reply has, which leave AWS.</summary>
    public required Scenarios ReplyKilobytes { get; init; }

    /// <summary>KB that the gateway logs of one, metrics included.</summary>
    public required Scenarios LogKilobytes { get; init; }

    /// <summary>GB that every other group of logs takes in.</summary>
    public required Scenarios OtherLogGigabytes { get; init; }

    /// <summary>Series of metrics that the services write: names times models times providers, as far as they are in use.</summary>
    public required Scenarios Metrics { get; init; }

    /// <summary>Units written to tables for a request, all tables together.</summary>
    public required Scenarios TableWrites { get; init; }

    /// <summary>Units read from tables for a request, all tables together.</summary>
    public required Scenarios TableReads { get; init; }

    /// <summary>GB in tables, all together.</summary>
    public required Scenarios TableGigabytes { get; init; }

    /// <summary>GB in Valkey on average; 0.1 is billed at least.</summary>
    public required Scenarios CacheGigabytes { get; init; }

    /// <summary>Units of Valkey's work (ECPU) for a request.</summary>
    public required Scenarios CacheUnits { get; init; }

    /// <summary>Instances with GPUs on average, kept to what the group allows.</summary>
    public required Scenarios ModelInstances { get; init; }

    /// <summary>Tasks of the gateway on average where it runs on Fargate, kept to what its scaling allows.</summary>
    public required Scenarios GatewayTasks { get; init; }

    /// <summary>Capacity units of each load balancer on average.</summary>
    public required Scenarios BalancerUnits { get; init; }

    /// <summary>Visits of the demo page.</summary>
    public required Scenarios PageViews { get; init; }

    /// <summary>KB of a visit.</summary>
    public required Scenarios PageKilobytes { get; init; }

    /// <summary>GB in each bucket.</summary>
    public required Scenarios BucketGigabytes { get; init; }

    /// <summary>GB in each repository of images.</summary>
    public required Scenarios ImageGigabytes { get; init; }

    /// <summary>Calls for secrets, all together.</summary>
    public required Scenarios SecretCalls { get; init; }
}
