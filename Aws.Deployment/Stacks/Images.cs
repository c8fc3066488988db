using Amazon.CDK;
using Amazon.CDK.AWS.ECR;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>Where container images are: a repository each, whose tags cannot be moved.</summary>
internal sealed class Images : Construct
{
    private const string KeepTen = """{"rules":[{"rulePriority":1,"description":"The last ten","selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":10},"action":{"type":"expire"}}]}""";

    private readonly DeploymentOptions _options;

    public Images(Construct scope, DeploymentOptions options)
        : base(scope, "Images")
    {
        _options = options;
        Products = Add("products");
        Cost = Add("cost");
        Gateway = options.Gateway.IsLambda ? null : Add("gateway");
        Model = options.Inference.IsWanted ? Add("vllm") : null;
    }

    public CfnRepository Products { get; }

    public CfnRepository Cost { get; }

    public CfnRepository? Gateway { get; }

    public CfnRepository? Model { get; }

    private CfnRepository Add(string name)
    {
        var repository = new CfnRepository(this, name, new CfnRepositoryProps
        {
            RepositoryName = $"{_options.Path}/{name}",
            ImageTagMutability = "IMMUTABLE",
            ImageScanningConfiguration = new CfnRepository.ImageScanningConfigurationProperty { ScanOnPush = true },
            EncryptionConfiguration = new CfnRepository.EncryptionConfigurationProperty { EncryptionType = "KMS" },
            LifecyclePolicy = new CfnRepository.LifecyclePolicyProperty { LifecyclePolicyText = KeepTen },
            EmptyOnDelete = !_options.ProtectData,
        });
        repository.ApplyRemovalPolicy(RemovalPolicy.DESTROY);
        return repository;
    }
}
