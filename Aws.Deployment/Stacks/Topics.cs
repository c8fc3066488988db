using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SNS;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>Where alarms go, by severity.</summary>
internal sealed class Topics : Construct
{
    private const string Alarms = "cloudwatch.amazonaws.com";

    private readonly DeploymentOptions _options;
    private readonly CfnKey _key;

    public Topics(Construct scope, DeploymentOptions options)
        : base(scope, "Topics")
    {
        _options = options;

        // Of our own, since AWS's key for SNS does not let alarms in.
        _key = new CfnKey(this, "Key", new CfnKeyProps
        {
            Description = $"{options.Prefix}: alarms on their way",
            EnableKeyRotation = true,
            PendingWindowInDays = 7,
            KeyPolicy = Policy.Document(Statement(["kms:*"], "AWS", $"arn:aws:iam::{Stack.Of(this).Account}:root"), Statement(["kms:Decrypt", "kms:GenerateDataKey*"], "Service", Alarms)),
        });
        _key.ApplyRemovalPolicy(RemovalPolicy.DESTROY);
        Critical = Add("Critical");
        Warning = Add("Warning");
    }

    public string Critical { get; }

    public string Warning { get; }

    private string Add(string severity)
    {
        var topic = new CfnTopic(this, severity, new CfnTopicProps
        {
            TopicName = $"{_options.Prefix}-{severity.ToLowerInvariant()}",
            DisplayName = $"{_options.Prefix} {severity.ToLowerInvariant()}",
            KmsMasterKeyId = _key.Ref,
        });
        _ = new CfnTopicPolicy(this, $"{severity}Policy", new CfnTopicPolicyProps
        {
            Topics = [topic.Ref],
            PolicyDocument = Policy.Document(
                new Dictionary<string, object>(Statement(["sns:Publish"], "Service", Alarms, topic.Ref))
                {
                    ["Condition"] = new Dictionary<string, object> { ["StringEquals"] = new Dictionary<string, object> { ["aws:SourceAccount"] = Stack.Of(this).Account } },
                },
                new Dictionary<string, object>
                {
                    ["Effect"] = "Deny",
                    ["Principal"] = "*",
                    ["Action"] = "sns:Publish",
                    ["Resource"] = topic.Ref,
                    ["Condition"] = new Dictionary<string, object> { ["Bool"] = new Dictionary<string, object> { ["aws:SecureTransport"] = "false" } },
                }),
        });
        if (_options.Monitoring.Email is { } email)
        {
            _ = new CfnSubscription(this, $"{severity}Mail", new CfnSubscriptionProps { TopicArn = topic.Ref, Protocol = "email", Endpoint = email });
        }

        return topic.Ref;
    }

    private static Dictionary<string, object> Statement(string[] actions, string kind, string principal, string resource = "*") => new()
    {
        ["Effect"] = "Allow", ["Principal"] = new Dictionary<string, object> { [kind] = principal }, ["Action"] = actions, ["Resource"] = resource,
    };
}
