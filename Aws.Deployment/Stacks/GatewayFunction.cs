using System.Globalization;
using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.S3.Assets;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>
/// The gateway on Lambda: the same Kestrel binary, behind the AWS Lambda Web Adapter (https://github.com/aws/aws-lambda-web-adapter), which
/// starts it, waits until it is healthy, and hands requests on with their replies streamed.
/// </summary>
internal sealed class GatewayFunction : Construct
{
    private const string Adapter = "753240598075:layer:LambdaAdapterLayerArm64:27";
    private const string Loopback = "127.0.0.1";
    private const int ScratchMegabytes = 1024;

    public GatewayFunction(Construct scope, DeploymentOptions options, NetworkStack network, StateStack state, string log, string packages)
        : base(scope, "Function")
    {
        var stack = Stack.Of(this);
        var name = $"{options.Prefix}-gateway";
        var arn = $"arn:aws:lambda:{stack.Region}:{stack.Account}:function:{name}";
        var role = new CfnRole(this, "Role", new CfnRoleProps
        {
            Description = "What the gateway may do",
            AssumeRolePolicyDocument = Policy.Trust("lambda.amazonaws.com"),
            Policies = (CfnRole.PolicyProperty[])
            [
                .. GatewayAccess.Of(stack, options, state),
                Roles.Inline("logs", Policy.Allow(["logs:CreateLogStream", "logs:PutLogEvents"], $"arn:aws:logs:{stack.Region}:{stack.Account}:log-group:{log}:*")),
                Roles.Inline("network", NetworkInterfaces.Allow(), NetworkInterfaces.DenyCode(arn)),
            ],
        });
        var code = new Asset(this, "Code", new AssetProps { Path = Path.Combine(packages, Packages.Gateway) });
        Function = new CfnFunction(this, "Gateway", new CfnFunctionProps
        {
            FunctionName = name,
            Description = "AI Model Gateway",
            Runtime = "dotnet10",
            Architectures = ["arm64"],
            Handler = "run.sh",
            Code = new CfnFunction.CodeProperty { S3Bucket = code.S3BucketName, S3Key = code.S3ObjectKey },
            Layers = [$"arn:aws:lambda:{stack.Region}:{Adapter}"],
            Role = role.AttrArn,
            MemorySize = options.Gateway.MemoryMegabytes,
            Timeout = options.Gateway.TimeoutSeconds,
            ReservedConcurrentExecutions = options.Gateway.ReservedConcurrency,
            EphemeralStorage = new CfnFunction.EphemeralStorageProperty { Size = ScratchMegabytes },
            VpcConfig = new CfnFunction.VpcConfigProperty { SubnetIds = network.PrivateSubnets, SecurityGroupIds = [network.Groups.Gateway] },
            LoggingConfig = new CfnFunction.LoggingConfigProperty { LogGroup = log, LogFormat = "Text" },
            Environment = new CfnFunction.EnvironmentProperty { Variables = Environment(options, state) },
        });
    }

    public CfnFunction Function { get; }

    private static Dictionary<string, string> Environment(DeploymentOptions options, StateStack state) => new(GatewaySettings.Of(options, state, Loopback))
    {
        ["AWS_LAMBDA_EXEC_WRAPPER"] = "/opt/bootstrap",
        ["AWS_LAMBDA_HTTP_IGNORE_STAGE_IN_PATH"] = "true",
        ["AWS_LWA_INVOKE_MODE"] = "response_stream",
        ["AWS_LWA_PORT"] = GatewayStack.Port.ToString(CultureInfo.InvariantCulture),
        ["AWS_LWA_READINESS_CHECK_PATH"] = "/health",
        ["Telemetry__AfterEachRequest"] = "true",
        ["PORT"] = GatewayStack.Port.ToString(CultureInfo.InvariantCulture),
    };
}
