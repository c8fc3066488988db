using Aws.Deployment.Estimate.Templates;
using static Aws.Deployment.Estimate.Charges.ChargeContext;

namespace Aws.Deployment.Estimate.Charges;

/// <summary>What a network is billed for: by the hour, and by what goes through it.</summary>
internal static class NetworkCharges
{
    private const string Interface = "Interface";
    private const string Bedrock = "bedrock-runtime";

    public static IEnumerable<Charge> NatGateway(TemplateResource nat, ChargeContext context) =>
    [
        new("nat.hour", "NAT gateway", Hours),
        new("nat.data", "data through it", context.ProviderGigabytes / context.Count(nat.Type)),
    ];

    public static IEnumerable<Charge> Address(TemplateResource address, ChargeContext context) => [new("ipv4.hour", "public address", Hours)];

    // Those of the kind Gateway are free.
    public static IEnumerable<Charge> Endpoint(TemplateResource endpoint, ChargeContext context)
    {
        if (endpoint.Text("VpcEndpointType") != Interface)
        {
            yield break;
        }

        var service = ServiceOf(endpoint);
        yield return new("endpoint.hour", $"endpoint of {service}", Hours * Math.Max(1, endpoint.List("SubnetIds").Count));
        if (service == Bedrock)
        {
            yield return new("endpoint.data", "data through it", context.ProviderGigabytes);
        }
    }

    public static IEnumerable<Charge> LoadBalancer(TemplateResource balancer, ChargeContext context)
    {
        yield return new("alb.hour", "load balancer", Hours);
        yield return new("alb.capacity-unit", "capacity units", Hours * context.Usage.BalancerUnits);
        if (balancer.Text("Scheme") != "internal")
        {
            yield return new("ipv4.hour", "public addresses", Hours * Math.Max(1, balancer.List("Subnets").Count));
            yield return new("transfer.out", "data out", context.ReplyGigabytes);
        }
    }

    public static IEnumerable<Charge> PrivateNames(TemplateResource names, ChargeContext context) => [new("route53.zone", "zone of names inside the network", 1)];

    // com.amazonaws.eu-central-1.ecr.api
    private static string ServiceOf(TemplateResource endpoint) =>
        endpoint.Text("ServiceName")?.Split('.', 4) is [_, _, _, var service] ? service : endpoint.Id;
}
