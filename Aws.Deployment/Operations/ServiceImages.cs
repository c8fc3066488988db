using Aws.Deployment.Configuration;
using Aws.Deployment.Operations.Cdk;
using Aws.Deployment.Packages;
using Aws.Deployment.Stacks;

namespace Aws.Deployment.Operations;

/// <summary>The images of services that run in containers, tagged with what they are made of, so that the same source is pushed once.</summary>
internal sealed class ServiceImages(DeploymentOptions options, ImageRegistry registry, DeployContent content, TextWriter output)
{
    /// <summary>Pushes those that the registry lacks.</summary>
    /// <returns>The parameters of the stacks that run them.</returns>
    public async Task<IReadOnlyList<string>> PushAsync(IEnumerable<StackArtifact> stacks, CancellationToken cancellationToken)
    {
        var parameters = new List<string>();
        foreach (var stack in stacks.Where(stack => stack.HasParameter(ContainerService.ImageParameter)))
        {
            var service = Service.All.First(service => stack.Name == $"{options.Prefix}-{service.Name}");
            var (repository, tag) = ($"{options.Path}/{service.Name}", ImageBuilder.TagOf(content.Packages.First(package => package.Name == service.Name)));
            if (!await registry.HasAsync(repository, tag, cancellationToken))
            {
                await output.WriteLineAsync($"Pushing the image of {service.Name} to {registry.Host}/{repository}:{tag}.");
                await registry.PushAsync(content.Services, service, repository, tag, cancellationToken);
            }

            parameters.Add($"{stack.Name}:{ContainerService.ImageParameter}={registry.Host}/{repository}:{tag}");
        }

        return parameters;
    }
}
