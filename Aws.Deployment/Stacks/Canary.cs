using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>Asks the gateway from outside, every few minutes: that it is ready, and that it refuses whoever has no key, in OpenAI's form.</summary>
internal sealed class Canary : Construct
{
    /// <summary>1 where all was as it should be, else 0.</summary>
    public const string Success = "canary.success";

    private const int PatienceSeconds = 30;

    private const string Code = """
        const ask = async (path, init) => {
          const reply = await fetch(process.env.GATEWAY_URL + path, { ...init, signal: AbortSignal.timeout(10000) });
          return { status: reply.status, text: await reply.text() };
        };

        exports.handler = async () => {
          let fault = null;
          try {
            const ready = await ask('/health/ready');
            if (ready.status !== 200) throw new Error(`GET /health/ready: ${ready.status}, and 200 was expected.`);
            const refused = await ask('/v1/models', { headers: { authorization: 'Bearer canary' } });
            if (refused.status !== 401 || !JSON.parse(refused.text).error.code) throw new Error(`GET /v1/models with no good key: ${refused.status}, and 401 with an error of OpenAI's form was expected.`);
          } catch (error) {
            fault = error.message;
          }
          console.log(JSON.stringify({
            _aws: { Timestamp: Date.now(), CloudWatchMetrics: [{ Namespace: 'AIGateway', Dimensions: [['service.name']], Metrics: [{ Name: 'canary.success', Unit: 'Count' }] }] },
            'service.name': process.env.SERVICE_NAME, 'canary.success': fault === null ? 1 : 0, fault,
          }));
        };
        """;

    public Canary(Construct scope, DeploymentOptions options, string url)
        : base(scope, "Canary")
    {
        var name = Metrics.ServiceName(options, "canary");
        var log = Logs.Group(this, "Log", options, "canary");
        var role = new CfnRole(this, "Role", new CfnRoleProps { AssumeRolePolicyDocument = Policy.Trust("lambda.amazonaws.com"), Policies = new[] { Roles.Inline("logs", Logs.Write(log)) } });
        var function = new CfnFunction(this, "Function", new CfnFunctionProps
        {
            FunctionName = name,
            Description = "Asks the gateway as a caller would",
            Runtime = "nodejs22.x",
            Architectures = ["arm64"],
            Handler = "index.handler",
            Code = new CfnFunction.CodeProperty { ZipFile = Code },
            Role = role.AttrArn,
            MemorySize = 128,
            Timeout = PatienceSeconds,
            LoggingConfig = new CfnFunction.LoggingConfigProperty { LogGroup = log.Ref, LogFormat = "Text" },
            Environment = new CfnFunction.EnvironmentProperty { Variables = new Dictionary<string, string> { ["GATEWAY_URL"] = url, ["SERVICE_NAME"] = name } },
        });
        var minutes = options.Monitoring.CanaryMinutes;
        var rule = new CfnRule(this, "Schedule", new CfnRuleProps
        {
            Name = name,
            ScheduleExpression = minutes == 1 ? "rate(1 minute)" : $"rate({minutes} minutes)",
            Targets = new[] { new CfnRule.TargetProperty { Id = "canary", Arn = function.AttrArn } },
        });
        _ = new CfnPermission(this, "Invocation", new CfnPermissionProps { Action = "lambda:InvokeFunction", FunctionName = function.AttrArn, Principal = "events.amazonaws.com", SourceArn = rule.AttrArn });
    }
}
