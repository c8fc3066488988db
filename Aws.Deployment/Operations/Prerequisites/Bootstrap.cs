using System.Globalization;
using System.Text.Json.Nodes;
using Aws.Deployment.Operations.Aws;

namespace Aws.Deployment.Operations.Prerequisites;

/// <summary>CDK's bootstrap stack, which holds the bucket and the roles that deployments go through, once an account and region.</summary>
internal static class Bootstrap
{
    private const int Oldest = 6;
    private const string Parameter = "/cdk-bootstrap/hnb659fds/version";

    public static async Task<bool> IsThereAsync(AwsApi api, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await api.JsonAsync("ssm", "AmazonSSM", "GetParameter", new JsonObject { ["Name"] = Parameter }, cancellationToken);
            return int.Parse((string)reply["Parameter"]!["Value"]!, CultureInfo.InvariantCulture) >= Oldest;
        }
        catch (AwsFault fault) when (fault.Code == "ParameterNotFound")
        {
            return false;
        }
    }
}
