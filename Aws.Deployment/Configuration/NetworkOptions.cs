using System.ComponentModel.DataAnnotations;

namespace Aws.Deployment.Configuration;

/// <summary>The network that everything is in.</summary>
public sealed record NetworkOptions
{
    /// <summary>The private address range, a /16 such as <c>10.40.0.0/16</c>; environments that are to be joined one day need different ones.</summary>
    public string Cidr { get; init; } = "10.40.0.0/16";

    /// <summary>Over how many availability zones subnets are spread. 2 to 3; 2 by default.</summary>
    [Range(2, 3)]
    public int Zones { get; init; } = 2;

    /// <summary>How many NAT gateways lead private subnets to the internet. 0 to <see cref="Zones"/>; 1 by default. Without one Lambda reaches AWS by endpoints and OpenAI not at all, and containers have public addresses that admit nobody.</summary>
    [Range(0, 3)]
    public int NatGateways { get; init; } = 1;

    /// <summary>In how many zones interface endpoints are. 1 to <see cref="Zones"/>; 1 by default. Each costs by the hour.</summary>
    [Range(1, 3)]
    public int EndpointZones { get; init; } = 1;

    /// <summary>Whether accepted and rejected connections are logged. On by default.</summary>
    public bool FlowLogs { get; init; } = true;
}
