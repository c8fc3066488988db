using System.ComponentModel.DataAnnotations;

namespace Aws.Deployment.Configuration;

/// <summary>The model server, vLLM, on instances with GPUs.</summary>
public sealed record InferenceOptions
{
    /// <summary>The instance type: <c>g4dn</c> or <c>g5</c>, <c>.xlarge</c> to <c>.8xlarge</c>; <c>none</c>, the default, leaves the model server out. It needs a domain.</summary>
    public string Gpu { get; init; } = GpuTypes.None;

    /// <summary>Whether instances are spot instances, which cost less and may be taken away with two minutes' notice. Off by default.</summary>
    public bool Spot { get; init; }

    /// <summary>The fewest instances. 1 to 20; 1 by default.</summary>
    [Range(1, 20)]
    public int MinInstances { get; init; } = 1;

    /// <summary>The most instances. <see cref="MinInstances"/> to 20; 2 by default.</summary>
    [Range(1, 20)]
    public int MaxInstances { get; init; } = 2;

    /// <summary>The model's name at Hugging Face, which is its name in requests too, and the path of its weights below the bucket of models.</summary>
    public string Model { get; init; } = "microsoft/Phi-3-mini-4k-instruct";

    /// <summary>The most tokens of a prompt and its answer together. 512 to 131,072; 4,096 by default.</summary>
    [Range(512, 131_072)]
    public int MaxModelTokens { get; init; } = 4096;

    /// <summary>The root volume in GB: system, image and weights. 75 to 1,000; 100 by default.</summary>
    [Range(75, 1000)]
    public int VolumeGigabytes { get; init; } = 100;

    /// <summary>An Amazon machine image with drivers, Docker and vLLM's image already pulled, which is ready sooner. Default: AWS's newest deep learning image.</summary>
    public string? MachineImage { get; init; }

    /// <summary>Whether vLLM leaves out the compilation of CUDA graphs: ready half a minute to a minute sooner, and slower by a tenth or so. Off by default.</summary>
    public bool EnforceEager { get; init; }

    /// <summary>Whether there is a model server.</summary>
    internal bool IsWanted => Gpu != GpuTypes.None;
}
