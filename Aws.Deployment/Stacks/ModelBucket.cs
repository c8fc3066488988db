using Amazon.CDK.AWS.S3;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>The weights of models, put there by <c>prepare-model</c>.</summary>
internal sealed class ModelBucket : Construct
{
    public ModelBucket(Construct scope, DeploymentOptions options)
        : base(scope, "Models")
    {
        Bucket = Buckets.Private(this, "Bucket", options, "models");
        Buckets.RefusePlainHttp(this, Bucket);
    }

    public CfnBucket Bucket { get; }
}
