using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Aws.Deployment.Configuration;

namespace Aws.Deployment.Stacks;

/// <summary>What the gateway may do at AWS.</summary>
internal static class GatewayAccess
{
    public static CfnRole.PolicyProperty[] Of(Stack stack, DeploymentOptions options, StateStack state) =>
    [
        Roles.Inline("keys", Policy.Allow(TableActions.OfKeys, state.Keys.AttrArn)),
        Roles.Inline("secrets", Policy.Allow(["secretsmanager:GetSecretValue"], state.AdminSecret, Arn(stack, "secretsmanager", $"secret:{Secrets.Providers(options)}-??????"))),
        Roles.Inline("settings", Policy.Allow(["ssm:GetParametersByPath"], Arn(stack, "ssm", $"parameter{Settings.PathOf(options)}"), Arn(stack, "ssm", $"parameter{Settings.PathOf(options)}/*"))),
        Roles.Inline("models", Policy.Allow(
            ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
            [.. options.Gateway.BedrockVendors.SelectMany(vendor => ModelsOf(stack, vendor))])),
    ];

    // A profile spreads requests over regions, so the models behind it are those of any region.
    private static string[] ModelsOf(Stack stack, string vendor) =>
        [$"arn:aws:bedrock:*::foundation-model/{vendor}.*", Arn(stack, "bedrock", $"inference-profile/*.{vendor}.*")];

    private static string Arn(Stack stack, string service, string resource) => $"arn:aws:{service}:{stack.Region}:{stack.Account}:{resource}";
}
