using System.ComponentModel.DataAnnotations;

namespace Aws.Deployment.Configuration;

/// <summary>Everything there is to decide about one environment on AWS: a file of <c>environments/</c>, with what the command line says over it.</summary>
public sealed record DeploymentOptions
{
    /// <summary>What the names of stacks, tables and secrets begin with, before the environment's; <c>ai-gateway</c> by default. 2 to 20 lower-case letters, digits and dashes, the first a letter.</summary>
    public string Name { get; init; } = "ai-gateway";

    /// <summary>Which environment it is: <c>dev</c>, <c>test</c> or <c>prod</c>. It comes from the file's name.</summary>
    public string Environment { get; init; } = "";

    /// <summary>The AWS region, such as <c>us-east-1</c>: one of fifteen that have all of what the stacks need. eu-central-1 by default.</summary>
    public string Region { get; init; } = "eu-central-1";

    /// <summary>The account that the environment belongs in, 12 digits: <c>deploy</c> and <c>destroy</c> refuse credentials of any other. None by default: the credentials say which.</summary>
    public string? Account { get; init; }

    /// <summary>A domain with a public hosted zone in the account, such as <c>example.com</c>: the gateway is then at <c>https://openai.example.com/v1</c>. None by default: the gateway is at the API's own HTTPS address.</summary>
    public string? Domain { get; init; }

    /// <summary>Whether tables, buckets and stacks refuse to be deleted until that is lifted. Off by default; on in prod.</summary>
    public bool ProtectData { get; init; }

    /// <summary>The network that everything is in.</summary>
    [Required]
    public NetworkOptions Network { get; init; } = new();

    /// <summary>The model server on GPUs.</summary>
    [Required]
    public InferenceOptions Inference { get; init; } = new();

    /// <summary>The gateway.</summary>
    [Required]
    public GatewayOptions Gateway { get; init; } = new();

    /// <summary>The cost worker.</summary>
    [Required]
    public CostOptions Cost { get; init; } = new();

    /// <summary>The demo page.</summary>
    [Required]
    public DemoOptions Demo { get; init; } = new();

    /// <summary>Who is told of what, and when.</summary>
    [Required]
    public MonitoringOptions Monitoring { get; init; } = new();

    /// <summary>What every physical name begins with.</summary>
    internal string Prefix => $"{Name}-{Environment}";

    /// <summary>What the names of secrets and parameters begin with, which have paths.</summary>
    internal string Path => $"{Name}/{Environment}";

    internal string? GatewayDomain => Domain is null ? null : $"openai.{Domain}";

    internal string? ModelDomain => Domain is null ? null : $"model.{Domain}";

    internal string? DemoDomain => Domain is null ? null : $"demo.{Domain}";
}
