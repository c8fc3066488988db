using System.Text.Json;
using Aws.Deployment.Configuration;

namespace Aws.Deployment.Stacks;

/// <summary>What an instance does when it starts: image and weights are fetched at the same time, and what was compiled before is taken from the bucket.</summary>
internal static class ModelStart
{
    /// <summary>Of compiled code, in the bucket of models.</summary>
    public const string CacheFolder = "compile-cache";

    private static readonly string[] Measured = ["utilization_gpu", "memory_used", "memory_total"];
    private static readonly string[] ByGroup = ["AutoScalingGroupName"];

    public static string Script(DeploymentOptions options, string bucket, string image, string log, string group)
    {
        var inference = options.Inference;
        var cache = $"s3://{bucket}/{CacheFolder}/{inference.Gpu}/{inference.Model}.tar.gz";
        var half = GpuTypes.NeedsHalf(inference.Gpu) ? " --dtype half" : "";
        var eager = inference.EnforceEager ? " --enforce-eager" : "";
        return $"""
            #!/bin/bash
            set -euo pipefail
            mkdir -p /srv/models/{inference.Model} /srv/cache
            registry=$(cut -d/ -f1 <<< '{image}')
            aws ecr get-login-password --region {options.Region} | docker login --username AWS --password-stdin "$registry"
            docker pull --quiet '{image}' &
            pull=$!
            aws s3 sync --only-show-errors s3://{bucket}/{inference.Model}/ /srv/models/{inference.Model}/ &
            weights=$!
            (aws s3 cp --only-show-errors {cache} - | tar -xz -C /srv/cache) || echo 'Nothing was compiled before: the first start takes longer.'
            wait $pull
            wait $weights
            docker run --detach --name vllm --restart always --gpus all --ipc host --network host \
              --volume /srv/models:/models:ro --volume /srv/cache:/root/.cache/vllm \
              --env HF_HUB_OFFLINE=1 --env VLLM_NO_USAGE_STATS=1 \
              --log-driver awslogs --log-opt awslogs-region={options.Region} --log-opt awslogs-group={log} \
              '{image}' --model /models/{inference.Model} --served-model-name {inference.Model} --port {InferenceStack.Port} --max-model-len {inference.MaxModelTokens}{half}{eager}
            command -v amazon-cloudwatch-agent > /dev/null || dnf install -y -q amazon-cloudwatch-agent
            cat > /opt/aws/amazon-cloudwatch-agent/etc/gpu.json <<'JSON'
            {AgentSettings(group)}
            JSON
            /opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c file:/opt/aws/amazon-cloudwatch-agent/etc/gpu.json
            until curl -sf http://localhost:{InferenceStack.Port}/health > /dev/null; do sleep 5; done
            aws s3 ls {cache} > /dev/null || tar -cz -C /srv/cache . | aws s3 cp --only-show-errors - {cache}

            """;
    }

    // The group's name is said here and not asked of EC2, which has no endpoint in these subnets.
    private static string AgentSettings(string group) => JsonSerializer.Serialize(new
    {
        agent = new { metrics_collection_interval = 60 },
        metrics = new
        {
            @namespace = ModelInstances.MetricNamespace,
            aggregation_dimensions = new[] { ByGroup },
            metrics_collected = new
            {
                nvidia_gpu = new { measurement = Measured, append_dimensions = new { AutoScalingGroupName = group } },
            },
        },
    });
}
