using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Containers;

/// <summary>The arguments of <c>docker run</c>. It stays attached: the container's output is its output, and its signals are passed on.</summary>
internal static class DockerRun
{
    public static async Task<IReadOnlyList<string>> ArgumentsAsync(
        ContainerResource container,
        string containerName,
        string applicationName,
        IReadOnlyDictionary<string, int> hostPorts,
        IReadOnlyDictionary<string, string> environment,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken)
    {
        var image = container.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault()
            ?? throw new DistributedApplicationException($"The container '{container.Name}' has no image.");
        List<string> run =
        [
            "run", "--name", containerName,
            "--label", $"aspire.application={applicationName}",
            "--label", $"aspire.resource={container.Name}",
        ];
        foreach (var endpoint in container.Annotations.OfType<EndpointAnnotation>())
        {
            var inside = endpoint.TargetPort ?? endpoint.Port
                ?? throw new DistributedApplicationException($"The endpoint '{endpoint.Name}' of the container '{container.Name}' has no target port.");
            run.AddRange(["--publish", $"127.0.0.1:{hostPorts[endpoint.Name]}:{inside}"]);
        }

        // The value of a variable given by its name alone comes from docker's own environment: secrets stay off the command line.
        run.AddRange(environment.Keys.Order(StringComparer.Ordinal).SelectMany(name => new[] { "--env", name }));
        run.AddRange(container.Annotations.OfType<ContainerMountAnnotation>().SelectMany(mount => new[] { "--mount", Mount(mount) }));
        if (container.Entrypoint is { } entrypoint)
        {
            run.AddRange(["--entrypoint", entrypoint]);
        }

        var own = new ContainerRuntimeArgsCallbackContext([], cancellationToken);
        foreach (var annotation in container.Annotations.OfType<ContainerRuntimeArgsCallbackAnnotation>())
        {
            await annotation.Callback(own);
        }

        run.AddRange(own.Args.Select(argument => argument.ToString()!));
        run.Add(ImageName(image));
        run.AddRange(arguments);
        return run;
    }

    private static string ImageName(ContainerImageAnnotation image)
        => $"{(image.Registry is null ? "" : $"{image.Registry}/")}{image.Image}:{image.Tag ?? "latest"}";

    private static string Mount(ContainerMountAnnotation mount)
    {
        var source = mount.Source is null ? "" : $",source={mount.Source}";
        return $"type={(mount.Type == ContainerMountType.Volume ? "volume" : "bind")}{source},target={mount.Target}{(mount.IsReadOnly ? ",readonly" : "")}";
    }
}
