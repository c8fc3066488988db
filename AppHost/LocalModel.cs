namespace AppHost;

/// <summary>
/// What answers to the gateway's provider <c>local</c>: the simulated model server or, where <c>--local-model vllm</c> asks for it and a
/// container engine answers, vLLM.
/// </summary>
internal static class LocalModel
{
    public const string Setting = "local-model";

    private const string Name = "model";
    private const string Simulator = "simulator";
    private const string Vllm = "vllm";

    /// <summary>Adds it, says which and why in one line, and returns what connects the gateway to it.</summary>
    public static LocalModelConnection AddLocalModel(this IDistributedApplicationBuilder builder, Machine machine, int port)
    {
        var asked = builder.Configuration[Setting] ?? Simulator;
        if (asked is not (Simulator or Vllm))
        {
            builder.Eventing.Subscribe<BeforeStartEvent>((_, _) =>
                throw new DistributedApplicationException($"--{Setting} is '{asked}'; it must be '{Simulator}' or '{Vllm}'."));
            return builder.AddSimulated(port);
        }

        if (asked == Simulator || !machine.HasContainerEngine)
        {
            var why = asked == Simulator ? $"--{Setting} {Vllm} is not given" : "vLLM was asked for, but no container engine answers";
            Console.WriteLine($"Local model: the simulator ({why}).");
            return builder.AddSimulated(port);
        }

        var hasGpu = machine.HasNvidiaGpu;
        var onGpu = hasGpu && machine.HasNvidiaRuntime;
        var device = onGpu ? "GPU" : "CPU";
        var reason = (hasGpu, onGpu) switch
        {
            (true, true) => "nvidia-smi answers, and the container engine has the nvidia runtime",
            (true, false) => "nvidia-smi answers, but the container engine lacks the nvidia runtime, which the NVIDIA Container Toolkit adds",
            _ => "nvidia-smi does not answer",
        };
        Console.WriteLine($"Local model: vLLM in a container, on the {device} ({reason}). It serves one model, so local-embeddings stays simulated.");
        return new LocalModelConnection(builder.AddVllm(Name, port, onGpu), $"answered by vLLM on the {device}", builder.AddSimulator("embeddings"));
    }

    private static LocalModelConnection AddSimulated(this IDistributedApplicationBuilder builder, int port) =>
        new(builder.AddSimulator(Name, port), "simulated (answers are made up from the prompt)");

    private static IResourceBuilder<ProjectResource> AddSimulator(this IDistributedApplicationBuilder builder, string name, int? port = null) =>
        builder.AddProject<Projects.Local_Model>(name, launchProfileName: null).WithHttpEndpoint(port: port).WithHttpHealthCheck("/health");
}
