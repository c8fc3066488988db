using Amazon.CDK;
using Amazon.CDK.AWS.AutoScaling;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>The instances that vLLM runs on, made by a launch template and kept at the wanted number.</summary>
internal sealed class ModelInstances : Construct
{
    /// <summary>The parameter of the stack that says which image of vLLM runs.</summary>
    public const string ImageParameter = "ModelImage";

    /// <summary>Within which one that was started has its model loaded.</summary>
    public const int ReadySeconds = 300;

    public const string MetricNamespace = "CWAgent";
    public const string GpuMetric = "nvidia_smi_utilization_gpu";

    private const string DeepLearningImage = "/aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-amazon-linux-2023/latest/ami-id";

    // AWS's own deep learning containers (https://github.com/aws/deep-learning-containers).
    private const string ContainerAccount = "763104351884";

    private readonly DeploymentOptions _options;
    private readonly Stack _stack;

    public ModelInstances(Construct scope, DeploymentOptions options, NetworkStack network, StateStack state, string targets)
        : base(scope, "Instances")
    {
        (_options, _stack) = (options, Stack.Of(this));
        var image = new CfnParameter(_stack, ImageParameter, new CfnParameterProps
        {
            Type = "String",
            Default = $"{ContainerAccount}.dkr.ecr.{options.Region}.amazonaws.com/vllm:server-cuda-v1",
            AllowedPattern = @"[0-9]{12}\.dkr\.ecr\..+\.amazonaws\.com/.+[:@].+",
            Description = "vLLM's image in ECR: AWS's own, or the copy that prepare-model made.",
        }).ValueAsString;
        var log = Logs.Group(this, "Log", options, "vllm").Ref;
        var role = AddRole(state, log);
        var profile = new CfnInstanceProfile(this, "Profile", new CfnInstanceProfileProps { Roles = [role.Ref] });
        var groupName = $"{options.Prefix}-vllm";
        var template = AddTemplate(network.Groups.Model!, profile.AttrArn, ModelStart.Script(options, state.Models!.Bucket.Ref, image, log, groupName));

        Group = new CfnAutoScalingGroup(this, "Group", new CfnAutoScalingGroupProps
        {
            AutoScalingGroupName = groupName,
            MinSize = Text(options.Inference.MinInstances),
            MaxSize = Text(options.Inference.MaxInstances),
            VpcZoneIdentifier = network.InferenceSubnets,
            TargetGroupArns = [targets],
            HealthCheckType = "ELB",
            HealthCheckGracePeriod = ReadySeconds,
            DefaultInstanceWarmup = ReadySeconds,
            CapacityRebalance = options.Inference.Spot,
            LaunchTemplate = options.Inference.Spot ? null : Specification(template),
            MixedInstancesPolicy = options.Inference.Spot ? SpotInstances(template) : null,
            MetricsCollection = new[] { new CfnAutoScalingGroup.MetricsCollectionProperty { Granularity = "1Minute" } },
            Tags = new[] { new CfnAutoScalingGroup.TagPropertyProperty { Key = "Name", Value = groupName, PropagateAtLaunch = true } },
        });

        // A changed template replaces instances one by one, and only while the old ones answer.
        Group.CfnOptions.UpdatePolicy = new CfnUpdatePolicy
        {
            AutoScalingRollingUpdate = new CfnAutoScalingRollingUpdate
            {
                MinInstancesInService = options.Inference.MaxInstances > options.Inference.MinInstances ? options.Inference.MinInstances : 0,
                MaxBatchSize = 1,
                PauseTime = $"PT{ReadySeconds / 60}M",
                SuspendProcesses = ["AlarmNotification", "AZRebalance", "HealthCheck", "ReplaceUnhealthy", "ScheduledActions"],
            },
        };
    }

    public CfnAutoScalingGroup Group { get; }

    // Where the type that was asked for is short, the next larger one with the same GPU is taken.
    private CfnAutoScalingGroup.MixedInstancesPolicyProperty SpotInstances(CfnLaunchTemplate template) => new()
    {
        LaunchTemplate = new CfnAutoScalingGroup.LaunchTemplateProperty
        {
            LaunchTemplateSpecification = Specification(template),
            Overrides = GpuTypes.SameOrLarger(_options.Inference.Gpu).Take(2).Select(type => new CfnAutoScalingGroup.LaunchTemplateOverridesProperty { InstanceType = type }).ToArray(),
        },
        InstancesDistribution = new CfnAutoScalingGroup.InstancesDistributionProperty
        {
            OnDemandBaseCapacity = 0, OnDemandPercentageAboveBaseCapacity = 0, SpotAllocationStrategy = "price-capacity-optimized",
        },
    };

    private static CfnAutoScalingGroup.LaunchTemplateSpecificationProperty Specification(CfnLaunchTemplate template) => new() { LaunchTemplateId = template.Ref, Version = template.AttrLatestVersionNumber };

    private CfnLaunchTemplate AddTemplate(string group, string profile, string script) => new(this, "Template", new CfnLaunchTemplateProps
    {
        LaunchTemplateName = $"{_options.Prefix}-vllm",
        LaunchTemplateData = new CfnLaunchTemplate.LaunchTemplateDataProperty
        {
            InstanceType = _options.Inference.Gpu,
            ImageId = _options.Inference.MachineImage ?? $"resolve:ssm:{DeepLearningImage}",
            IamInstanceProfile = new CfnLaunchTemplate.IamInstanceProfileProperty { Arn = profile },
            NetworkInterfaces = new[] { new CfnLaunchTemplate.NetworkInterfaceProperty { DeviceIndex = 0, AssociatePublicIpAddress = false, Groups = [group], DeleteOnTermination = true } },
            Monitoring = new CfnLaunchTemplate.MonitoringProperty { Enabled = true },
            MetadataOptions = new CfnLaunchTemplate.MetadataOptionsProperty { HttpTokens = "required", HttpPutResponseHopLimit = 1 },
            BlockDeviceMappings = new[]
            {
                new CfnLaunchTemplate.BlockDeviceMappingProperty
                {
                    DeviceName = "/dev/xvda",
                    Ebs = new CfnLaunchTemplate.EbsProperty { VolumeType = "gp3", VolumeSize = _options.Inference.VolumeGigabytes, Throughput = 500, Iops = 4000, Encrypted = true, DeleteOnTermination = true },
                },
            },
            UserData = Fn.Base64(script),
        },
    });

    private CfnRole AddRole(StateStack state, string log)
    {
        var bucket = state.Models!.Bucket.AttrArn;
        return new CfnRole(this, "Role", new CfnRoleProps
        {
            Description = "What an instance of the model server may do",
            AssumeRolePolicyDocument = Policy.Trust("ec2.amazonaws.com"),
            Policies = new[]
            {
                Roles.Inline("weights", Policy.Allow(["s3:GetObject"], $"{bucket}/*"), Policy.Allow(["s3:ListBucket"], bucket)),
                Roles.Inline("cache", Policy.Allow(["s3:PutObject"], $"{bucket}/{ModelStart.CacheFolder}/*")),
                Roles.Inline("image",
                    Policy.Allow(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], state.Images.Model!.AttrArn, $"arn:aws:ecr:{_stack.Region}:{ContainerAccount}:repository/vllm"),
                    Policy.Allow(["ecr:GetAuthorizationToken"], "*")),
                Roles.Inline("logs", Policy.Allow(["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"], $"arn:aws:logs:{_stack.Region}:{_stack.Account}:log-group:{log}:*")),
                Roles.Inline("metrics", Policy.AllowWhen(["cloudwatch:PutMetricData"], ["*"], "StringEquals", "cloudwatch:namespace", MetricNamespace)),
                Roles.Inline("session", Policy.Allow(
                    ["ssm:UpdateInstanceInformation", "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel"], "*")),
            },
        });
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
