using Amazon.CDK;
using Amazon.CDK.AWS.CertificateManager;
using Amazon.CDK.AWS.Route53;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>A name of the domain, with the certificate for it. The hosted zone's id is a parameter of the stack, since only the account knows it.</summary>
internal sealed class Name : Construct
{
    /// <summary>The parameter of each stack that has a name.</summary>
    public const string ZoneParameter = "HostedZoneId";

    private readonly string _zone;

    public Name(Construct scope, string domain)
        : base(scope, "Name")
    {
        Domain = domain;
        _zone = new CfnParameter(Stack.Of(scope), ZoneParameter, new CfnParameterProps
        {
            Type = "String", AllowedPattern = "^Z[A-Z0-9]{1,31}$", Description = "The id of the domain's public hosted zone in Route 53.",
        }).ValueAsString;
        Certificate = new CfnCertificate(this, "Certificate", new CfnCertificateProps
        {
            DomainName = domain,
            ValidationMethod = "DNS",
            DomainValidationOptions = new[] { new CfnCertificate.DomainValidationOptionProperty { DomainName = domain, HostedZoneId = _zone } },
        }).Ref;
    }

    public string Domain { get; }

    /// <summary>Its ARN.</summary>
    public string Certificate { get; }

    public void LeadTo(string dnsName, string hostedZone, bool isDualStack = false)
    {
        foreach (var type in isDualStack ? new[] { "A", "AAAA" } : ["A"])
        {
            _ = new CfnRecordSet(this, $"Record{type}", new CfnRecordSetProps
            {
                HostedZoneId = _zone,
                Name = Domain,
                Type = type,
                AliasTarget = new CfnRecordSet.AliasTargetProperty { DnsName = dnsName, HostedZoneId = hostedZone },
            });
        }
    }
}
