using Aws.Deployment.Operations.Aws;

namespace Aws.Deployment.Operations.Prerequisites;

/// <summary>The account's public zones in Route 53.</summary>
internal static class HostedZones
{
    /// <summary>The id of the zone that a domain belongs to: its own, or that of a domain above; null where there is none.</summary>
    public static async Task<string?> FindAsync(AwsApi api, string domain, CancellationToken cancellationToken)
    {
        for (var name = domain; name.Contains('.', StringComparison.Ordinal); name = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            // Ordered by name, from this one on; private ones are among them.
            var reply = await api.RestAsync("route53", $"2013-04-01/hostedzonesbyname?dnsname={name}&maxitems=10", cancellationToken);
            var zone = reply.Descendants("HostedZone").FirstOrDefault(zone => zone.Element("Name")?.Value.TrimEnd('.') == name && zone.Descendants("PrivateZone").FirstOrDefault()?.Value != "true");
            if (zone is not null)
            {
                return zone.Element("Id")!.Value.Split('/')[^1];
            }
        }

        return null;
    }
}
