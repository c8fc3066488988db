using Amazon.CDK.AWS.AutoScaling;
using Amazon.CDK.AWS.ElasticLoadBalancingV2;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>vLLM on instances with GPUs, in subnets without a way out, behind a load balancer that only the gateway reaches.</summary>
internal sealed class InferenceStack : ConcernStack
{
    public const int Port = 8000;

    // An answer that is not streamed is silent until it is whole.
    private const int LongestSilenceSeconds = 120;

    public InferenceStack(Construct scope, DeploymentOptions options, NetworkStack network, StateStack state)
        : base(scope, options, "inference", $"vLLM on {options.Inference.Gpu}")
    {
        var name = new Name(this, options.ModelDomain!);
        Balancer = Balancers.Add(this, "internal", $"{options.Prefix}-vllm", network.PublicSubnets, network.Groups.ModelBalancer!, options, LongestSilenceSeconds);
        Targets = Balancers.Targets(this, network.VpcId, "instance", Port, "/health");
        Balancers.ListenOnHttps(this, Balancer, Targets, name.Certificate);
        name.LeadTo(Balancer.AttrDnsName, Balancer.AttrCanonicalHostedZoneId);

        var instances = new ModelInstances(this, options, network, state, Targets.Ref);
        Instances = instances.Group;
        _ = new GpuScaling(this, options, instances.Group);

        Output("Url", "Where the gateway finds the model server.", $"https://{options.ModelDomain}/v1");
    }

    public CfnLoadBalancer Balancer { get; }

    public CfnTargetGroup Targets { get; }

    public CfnAutoScalingGroup Instances { get; }
}
