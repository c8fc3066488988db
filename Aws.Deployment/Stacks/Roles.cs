using Amazon.CDK.AWS.IAM;

namespace Aws.Deployment.Stacks;

/// <summary>Parts of roles.</summary>
internal static class Roles
{
    public static CfnRole.PolicyProperty Inline(string name, params object[] statements) => new() { PolicyName = name, PolicyDocument = Policy.Document(statements) };
}
