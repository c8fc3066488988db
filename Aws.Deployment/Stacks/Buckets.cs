using Amazon.CDK;
using Amazon.CDK.AWS.S3;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>Buckets that are nobody's but the account's: encrypted, versioned, over HTTPS alone.</summary>
internal static class Buckets
{
    private const int OldVersionDays = 30;
    private const int UnfinishedDays = 7;

    public static CfnBucket Private(Construct scope, string id, DeploymentOptions options, string name)
    {
        var stack = Stack.Of(scope);
        var bucket = new CfnBucket(scope, id, new CfnBucketProps
        {
            BucketName = $"{options.Prefix}-{name}-{stack.Account}-{stack.Region}",
            BucketEncryption = new CfnBucket.BucketEncryptionProperty
            {
                ServerSideEncryptionConfiguration = new[]
                {
                    new CfnBucket.ServerSideEncryptionRuleProperty
                    {
                        ServerSideEncryptionByDefault = new CfnBucket.ServerSideEncryptionByDefaultProperty { SseAlgorithm = "AES256" },
                    },
                },
            },
            PublicAccessBlockConfiguration = new CfnBucket.PublicAccessBlockConfigurationProperty
            {
                BlockPublicAcls = true, BlockPublicPolicy = true, IgnorePublicAcls = true, RestrictPublicBuckets = true,
            },
            OwnershipControls = new CfnBucket.OwnershipControlsProperty
            {
                Rules = new[] { new CfnBucket.OwnershipControlsRuleProperty { ObjectOwnership = "BucketOwnerEnforced" } },
            },
            VersioningConfiguration = new CfnBucket.VersioningConfigurationProperty { Status = "Enabled" },
            LifecycleConfiguration = new CfnBucket.LifecycleConfigurationProperty
            {
                Rules = new[]
                {
                    new CfnBucket.RuleProperty
                    {
                        Status = "Enabled",
                        NoncurrentVersionExpiration = new CfnBucket.NoncurrentVersionExpirationProperty { NoncurrentDays = OldVersionDays },
                        AbortIncompleteMultipartUpload = new CfnBucket.AbortIncompleteMultipartUploadProperty { DaysAfterInitiation = UnfinishedDays },
                    },
                },
            },
        });
        bucket.ApplyRemovalPolicy(options.ProtectData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
        return bucket;
    }

    public static void RefusePlainHttp(Construct scope, CfnBucket bucket, params object[] statements) => _ = new CfnBucketPolicy(scope, "Policy", new CfnBucketPolicyProps
    {
        Bucket = bucket.Ref,
        PolicyDocument = Policy.Document([PlainHttp(bucket), .. statements]),
    });

    private static Dictionary<string, object> PlainHttp(CfnBucket bucket) => new()
    {
        ["Sid"] = "HttpsOnly",
        ["Effect"] = "Deny",
        ["Principal"] = "*",
        ["Action"] = "s3:*",
        ["Resource"] = new[] { bucket.AttrArn, $"{bucket.AttrArn}/*" },
        ["Condition"] = new Dictionary<string, object> { ["Bool"] = new Dictionary<string, object> { ["aws:SecureTransport"] = "false" } },
    };
}
