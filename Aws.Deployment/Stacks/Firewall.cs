using Amazon.CDK;
using Amazon.CDK.AWS.WAFv2;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>
/// Keeps one client address from taking everything. It counts every ten seconds or so and is not exact: the gateway's own limit is; this one
/// costs no instance of the gateway.
/// </summary>
internal sealed class Firewall : Construct
{
    private const int WindowSeconds = 60;
    private const string Body = "limited";
    private const string TooMany = """{"error":{"message":"Too many requests from this address. Try again in a minute.","type":"requests","param":null,"code":"rate_limit_exceeded"}}""";

    private readonly CfnWebACL _acl;

    public Firewall(Construct scope, DeploymentOptions options)
        : base(scope, "Firewall")
    {
        _acl = new CfnWebACL(this, "Rules", new CfnWebACLProps
        {
            Name = options.Prefix,
            Scope = "REGIONAL",
            DefaultAction = new CfnWebACL.DefaultActionProperty { Allow = new CfnWebACL.AllowActionProperty() },
            CustomResponseBodies = new Dictionary<string, object> { [Body] = new CfnWebACL.CustomResponseBodyProperty { ContentType = "APPLICATION_JSON", Content = TooMany } },
            VisibilityConfig = Visible(options.Prefix),
            Rules = new[] { RateRule(options) },
        });

        // The service writes only to groups of such names.
        var log = Logs.Group(this, "Log", $"aws-waf-logs-{options.Prefix}");
        _ = new CfnLoggingConfiguration(this, "Logging", new CfnLoggingConfigurationProps
        {
            ResourceArn = _acl.AttrArn,
            LogDestinationConfigs = [Stack.Of(this).FormatArn(new ArnComponents { Service = "logs", Resource = "log-group", ResourceName = log.Ref, ArnFormat = ArnFormat.COLON_RESOURCE_NAME })],
            RedactedFields = new[] { new CfnLoggingConfiguration.FieldToMatchProperty { SingleHeader = new Dictionary<string, string> { ["Name"] = "authorization" } } },
            LoggingFilter = OnlyBlocked,
        });
    }

    private static Dictionary<string, object> OnlyBlocked => new()
    {
        ["DefaultBehavior"] = "DROP",
        ["Filters"] = new[]
        {
            new Dictionary<string, object>
            {
                ["Behavior"] = "KEEP",
                ["Requirement"] = "MEETS_ANY",
                ["Conditions"] = new[] { new Dictionary<string, object> { ["ActionCondition"] = new Dictionary<string, object> { ["Action"] = "BLOCK" } } },
            },
        },
    };

    public CfnWebACLAssociation Guard(string resourceArn) => new(this, "Guard", new CfnWebACLAssociationProps { WebAclArn = _acl.AttrArn, ResourceArn = resourceArn });

    private static CfnWebACL.RuleProperty RateRule(DeploymentOptions options) => new()
    {
        Name = "one-address",
        Priority = 0,
        Statement = new CfnWebACL.StatementProperty
        {
            RateBasedStatement = new CfnWebACL.RateBasedStatementProperty
            {
                AggregateKeyType = "IP", Limit = options.Gateway.RequestsPerMinutePerIp, EvaluationWindowSec = WindowSeconds,
            },
        },
        Action = new CfnWebACL.RuleActionProperty
        {
            Block = new CfnWebACL.BlockActionProperty
            {
                CustomResponse = new CfnWebACL.CustomResponseProperty
                {
                    ResponseCode = 429,
                    CustomResponseBodyKey = Body,
                    ResponseHeaders = new[]
                    {
                        new CfnWebACL.CustomHTTPHeaderProperty { Name = "Retry-After", Value = "60" },
                        new CfnWebACL.CustomHTTPHeaderProperty { Name = "Access-Control-Allow-Origin", Value = "*" },
                    },
                },
            },
        },
        VisibilityConfig = Visible("one-address"),
    };

    // Sampled requests would show callers' credentials in the console.
    private static CfnWebACL.VisibilityConfigProperty Visible(string name) => new() { CloudWatchMetricsEnabled = true, MetricName = name, SampledRequestsEnabled = false };
}
