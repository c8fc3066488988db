using Aws.Deployment.Configuration;
using Aws.Deployment.Operations.Cdk;
using Aws.Deployment.Stacks;

namespace Aws.Deployment.Operations.Models;

/// <summary>vLLM's image in the account's registry, which instances take in place of AWS's own.</summary>
internal sealed class ModelImage(DeploymentOptions options, ImageRegistry registry, TextWriter output)
{
    private string Repository => $"{options.Path}/vllm";

    /// <summary>Copies one there, by its tag, unless it is there.</summary>
    /// <param name="source">Such as <c>vllm/vllm-openai:v0.11.0</c>.</param>
    /// <exception cref="OperationFault">It could not be copied.</exception>
    public async Task CopyAsync(string source, CancellationToken cancellationToken)
    {
        var tag = TagOf(source);
        if (await registry.HasAsync(Repository, tag, cancellationToken))
        {
            await output.WriteLineAsync($"The image {NameOf(tag)} is there already.");
            return;
        }

        await ImageCopy.RunAsync(await registry.LogInAsync(cancellationToken), source, $"{Repository}:{tag}", cancellationToken);
        await output.WriteLineAsync($"The image is at {NameOf(tag)}: the next deploy takes it.");
    }

    /// <summary>The parameter of the stack that runs it: the image copied last, else the one that the template names.</summary>
    public async Task<IReadOnlyList<string>> ParametersAsync(IEnumerable<StackArtifact> stacks, CancellationToken cancellationToken)
    {
        if (stacks.FirstOrDefault(stack => stack.HasParameter(ModelInstances.ImageParameter)) is not { } stack)
        {
            return [];
        }

        // Said also where it is the default: CloudFormation would keep what it was given before.
        var image = await registry.NewestAsync(Repository, cancellationToken) is { } tag ? NameOf(tag) : (string)stack.Template["Parameters"]![ModelInstances.ImageParameter]!["Default"]!;
        await output.WriteLineAsync($"Model instances run {image}.");
        return [$"{stack.Name}:{ModelInstances.ImageParameter}={image}"];
    }

    private string NameOf(string tag) => $"{registry.Host}/{Repository}:{tag}";

    // vllm/vllm-openai:v0.11.0, localhost:5000/vllm (whose colon is not the tag's), vllm@sha256:ad80…
    private static string TagOf(string source) => source.Split('/')[^1].Split(':', '@') is [_, .., var tag] ? tag : "latest";
}
