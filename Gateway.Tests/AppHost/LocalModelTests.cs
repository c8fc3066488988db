using Gateway.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Gateway.Tests.AppHost;

/// <summary>Which local model the AppHost takes, as it says in one line. A port that is none ends it before anything is started.</summary>
public sealed class LocalModelTests : IDisposable
{
    private const string NvidiaRuntime = "echo ' Runtimes: io.containerd.runc.v2 nvidia runc'";
    private const string NoNvidiaRuntime = "echo ' Runtimes: io.containerd.runc.v2 runc'";
    private const string Gpu = "echo 'GPU 0: Tesla T4 (UUID: GPU-1)'";
    private const string NoGpu = "echo 'NVIDIA-SMI has failed'; exit 9";

    private readonly string _data = Directory.CreateTempSubdirectory("gateway-local-model-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Theory]
    [Trait("Requirement", "V1.3")]
    [InlineData("--local-model=simulator", NvidiaRuntime, Gpu, "the simulator (--local-model vllm is not given).")]
    [InlineData("--local-model=vllm", "exit 1", Gpu, "the simulator (vLLM was asked for, but no container engine answers).")]
    [InlineData("--local-model=vllm", NvidiaRuntime, Gpu, "vLLM in a container, on the GPU (nvidia-smi answers, and the container engine has the nvidia runtime). It serves one model, so local-embeddings stays simulated.")]
    [InlineData("--local-model=vllm", NoNvidiaRuntime, Gpu, "vLLM in a container, on the CPU (nvidia-smi answers, but the container engine lacks the nvidia runtime, which the NVIDIA Container Toolkit adds). It serves one model, so local-embeddings stays simulated.")]
    [InlineData("--local-model=vllm", NvidiaRuntime, NoGpu, "vLLM in a container, on the CPU (nvidia-smi does not answer). It serves one model, so local-embeddings stays simulated.")]
    public async Task Which_local_model_is_taken_and_why_is_said_in_one_line(string argument, string info, string nvidia, string choice)
    {
        using var docker = new FakeDocker(info);
        docker.AddCommand("nvidia-smi", nvidia);

        var (exitCode, output, _) = await AppHostCommand.RunAsync([argument, $"--Data:Directory={_data}", "--Ports:gateway=99999"], docker.SearchPath);

        exitCode.ShouldBe(1);
        output.Split(Environment.NewLine).Where(line => line.StartsWith("Local model:", StringComparison.Ordinal)).ShouldBe([$"Local model: {choice}"]);
    }

    [Fact]
    public async Task Another_local_model_is_refused_naming_those_there_are()
    {
        var (exitCode, output, error) = await AppHostCommand.RunAsync("--local-model", "ollama", $"--Data:Directory={_data}");

        exitCode.ShouldBe(1);
        error.Trim().ShouldBe("--local-model is 'ollama'; it must be 'simulator' or 'vllm'.");
        output.ShouldNotContain("Local model:");
    }
}
