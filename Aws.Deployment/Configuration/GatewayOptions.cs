using System.ComponentModel.DataAnnotations;

namespace Aws.Deployment.Configuration;

/// <summary>The gateway and what stands before it.</summary>
public sealed record GatewayOptions
{
    /// <summary>What it runs on: <c>lambda</c> (the default) or <c>fargate</c>.</summary>
    public string Compute { get; init; } = Computes.Lambda;

    /// <summary>Memory in MB, and with it processor time. Lambda: 512 to 10,240. Fargate: 1,024, 2,048, 4,096 or 8,192, with half a processor for each 1,024. 1,024 by default.</summary>
    [Range(512, 10_240)]
    public int MemoryMegabytes { get; init; } = 1024;

    /// <summary>How long a stream may last, in seconds, before Lambda ends it. 60 to 900; 300 by default. What is not streamed is ended by the gateway itself, after 30.</summary>
    [Range(60, 900)]
    public int TimeoutSeconds { get; init; } = 300;

    /// <summary>The most requests under way at once on Lambda, each in an instance of its own; null, the default, leaves the account's limit.</summary>
    [Range(1, 10_000)]
    public int? ReservedConcurrency { get; init; }

    /// <summary>Requests a second that API Gateway lets through, of all callers together. 1 to 10,000; 50 by default.</summary>
    [Range(1, 10_000)]
    public int RequestsPerSecond { get; init; } = 50;

    /// <summary>How many may come at once beyond that rate. 1 to 5,000; 100 by default.</summary>
    [Range(1, 5000)]
    public int Burst { get; init; } = 100;

    /// <summary>Requests in a month that the usage plan lets through. 1,000 to 1,000,000,000; 1,000,000 by default.</summary>
    [Range(1000, 1_000_000_000)]
    public int RequestsPerMonth { get; init; } = 1_000_000;

    /// <summary>Requests a minute from one client address, past which the firewall answers 429. 10 to 1,000,000; 100 by default.</summary>
    [Range(10, 1_000_000)]
    public int RequestsPerMinutePerIp { get; init; } = 100;

    /// <summary>The fewest tasks on Fargate. 1 to 100; 2 by default.</summary>
    [Range(1, 100)]
    public int MinTasks { get; init; } = 2;

    /// <summary>The most tasks on Fargate. <see cref="MinTasks"/> to 100; 10 by default.</summary>
    [Range(1, 100)]
    public int MaxTasks { get; init; } = 10;

    /// <summary>Which of Bedrock's models the gateway may call, by how their ids begin: <c>anthropic</c>, <c>amazon</c> and <c>openai</c> by default.</summary>
    [Required, MinLength(1)]
    public IReadOnlyList<string> BedrockVendors { get; init; } = ["anthropic", "amazon", "openai"];

    internal bool IsLambda => Compute == Computes.Lambda;
}
