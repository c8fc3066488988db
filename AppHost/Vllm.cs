namespace AppHost;

/// <summary>vLLM's official container (https://docs.vllm.ai/en/stable/deployment/docker/), serving Phi-3 mini.</summary>
internal static class Vllm
{
    private const string Model = "microsoft/Phi-3-mini-4k-instruct";

    // Both images are of one release.
    private const string Tag = "v0.30.0";

    /// <summary>Adds vLLM, healthy once the model is loaded. Weights and compiled kernels outlive the run, and are the same for all checkouts.</summary>
    public static IResourceBuilder<ContainerResource> AddVllm(this IDistributedApplicationBuilder builder, string name, int port, bool onGpu)
    {
        var vllm = builder.AddContainer(name, onGpu ? "vllm/vllm-openai" : "vllm/vllm-openai-cpu", Tag)
            .WithImageRegistry("docker.io")
            .WithHttpEndpoint(port: port, targetPort: 8000)
            .WithHttpHealthCheck("/health")
            .WithVolume("ai-model-gateway-weights", "/root/.cache/huggingface")
            .WithVolume("ai-model-gateway-vllm", "/root/.cache/vllm")
            .WithArgs(Model, "--served-model-name", Model, "--max-model-len", "4096")
            .OnBeforeResourceStarted((container, _, _) => Console.Out.WriteLineAsync(
                $"Local model: waiting until {container.GetEndpoint("http").Url}/health says that {Model} is loaded; the gateway starts then. The first time, the image and 8 GB of weights are downloaded."));
        if (onGpu)
        {
            vllm.WithContainerRuntimeArgs("--gpus", "all", "--ipc=host");
        }
        else
        {
            // GiB for keys and values, which would else be most of the machine's memory: two full contexts of Phi-3 mini, and more of the usual ones.
            vllm.WithContainerRuntimeArgs("--shm-size=4g").WithEnvironment("VLLM_CPU_KVCACHE_SPACE", "4").WithArgs("--dtype", "bfloat16");
        }

        if (builder.Configuration.HasSecret("hugging-face-token"))
        {
            vllm.WithEnvironment("HF_TOKEN", builder.AddParameter("hugging-face-token", secret: true));
        }

        return vllm;
    }
}
