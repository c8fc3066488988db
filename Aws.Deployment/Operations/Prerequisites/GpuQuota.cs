using System.Globalization;
using System.Text.Json.Nodes;
using Aws.Deployment.Operations.Aws;

namespace Aws.Deployment.Operations.Prerequisites;

/// <summary>How many virtual processors of GPU instances the account may run, which AWS sets to 0 for new accounts.</summary>
internal static class GpuQuota
{
    private const string OnDemand = "L-DB2E81BA";
    private const string Spot = "L-3819A6DF";

    public static async Task<Shortcoming?> FindAsync(AwsApi api, string gpu, int instances, bool isSpot, CancellationToken cancellationToken)
    {
        var code = isSpot ? Spot : OnDemand;
        var reply = await api.JsonAsync("servicequotas", "ServiceQuotasV20190624", "GetServiceQuota", new JsonObject { ["ServiceCode"] = "ec2", ["QuotaCode"] = code }, cancellationToken);
        var (allowed, needed) = ((double)reply["Quota"]!["Value"]!, instances * ProcessorsOf(gpu));
        return allowed >= needed ? null : new Shortcoming(
            string.Create(CultureInfo.InvariantCulture, $"The account may run {allowed} virtual processors of {(isSpot ? "G and VT spot" : "G and VT")} instances in {api.Session.Region}, and {instances} × {gpu} need {needed}."),
            string.Create(CultureInfo.InvariantCulture, $"Ask AWS for {needed} (aws service-quotas request-service-quota-increase --service-code ec2 --quota-code {code} --desired-value {needed} --region {api.Session.Region}), or set Inference:Gpu to none."));
    }

    // g4dn and g5: 4 of an xlarge, 8 of a 2xlarge, and so on.
    private static int ProcessorsOf(string gpu) => 4 * (int.TryParse(gpu.Split('.')[^1].Replace("xlarge", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out var size) ? size : 1);
}
