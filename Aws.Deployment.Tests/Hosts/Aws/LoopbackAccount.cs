using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Aws.Deployment.Tests.Hosts.Aws;

/// <summary>Who is calling, what the account may, and which domains it has.</summary>
internal sealed class LoopbackAccount
{
    private const string Sts = "https://sts.amazonaws.com/doc/2011-06-15/";

    /// <summary>The version of CDK's bootstrap stack; null where there is none.</summary>
    public int? Bootstrap { get; set; } = 30;

    public double GpuQuota { get; set; } = 8;

    /// <summary>With the dot at the end, as Route 53 has them.</summary>
    public List<string> HostedZones { get; } = [];

    public AwsAnswer Answer(AwsCall call) => (call.Service, call.Action) switch
    {
        ("sts", "GetCallerIdentity") => AwsAnswer.Result(Sts, call.Action, new XElement("Arn", $"arn:aws:iam::{LoopbackAws.Account}:user/test"), new XElement("UserId", "AIDATEST"), new XElement("Account", LoopbackAws.Account)),
        ("sts", "AssumeRole") => AwsAnswer.Result(
            Sts, call.Action,
            new XElement("Credentials", new XElement("AccessKeyId", "ASIAOFTHETEST"), new XElement("SecretAccessKey", "assumed"), new XElement("SessionToken", "token"), new XElement("Expiration", "2099-01-01T00:00:00Z")),
            new XElement("AssumedRoleUser", new XElement("Arn", call["RoleArn"]), new XElement("AssumedRoleId", "AROATEST:test"))),
        ("ssm", "GetParameter") when Bootstrap is { } version => AwsAnswer.Of(new JsonObject
        {
            ["Parameter"] = new JsonObject { ["Name"] = (string?)call.Json["Name"], ["Type"] = "String", ["Value"] = version.ToString(CultureInfo.InvariantCulture), ["Version"] = 1 },
        }),
        ("ssm", "GetParameter") => AwsAnswer.Fault(call, 400, "ParameterNotFound", ""),
        ("servicequotas", "GetServiceQuota") => AwsAnswer.Of(new JsonObject { ["Quota"] = new JsonObject { ["QuotaCode"] = (string?)call.Json["QuotaCode"], ["Value"] = GpuQuota } }),
        ("ecs", "UpdateService") => AwsAnswer.Of(new JsonObject { ["service"] = new JsonObject { ["serviceName"] = (string?)call.Json["service"], ["status"] = "ACTIVE" } }),
        ("route53", _) => HostedZonesByName(call.Query["dnsname"].ToString()),
        _ => AwsAnswer.Fault(call, 400, "InvalidAction", $"{call.Service} has no {call.Action} here."),
    };

    private AwsAnswer HostedZonesByName(string from)
    {
        XNamespace space = "https://route53.amazonaws.com/doc/2013-04-01/";
        var zones = HostedZones.Where(zone => string.CompareOrdinal(Key(zone), Key(from)) >= 0).OrderBy(Key, StringComparer.Ordinal)
            .Select(zone => new XElement(space + "HostedZone", new XElement(space + "Id", $"/hostedzone/Z{zone.Length}"), new XElement(space + "Name", zone), new XElement(space + "CallerReference", "test"), new XElement(space + "Config", new XElement(space + "PrivateZone", "false"))));
        return AwsAnswer.Of(new XElement(space + "ListHostedZonesByNameResponse", new XElement(space + "HostedZones", zones), new XElement(space + "IsTruncated", "false"), new XElement(space + "MaxItems", "100")));
    }

    // Route 53 orders by the labels from the right.
    private static string Key(string zone) => string.Join('.', zone.TrimEnd('.').Split('.').Reverse());
}
