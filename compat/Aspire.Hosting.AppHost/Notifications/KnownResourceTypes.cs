namespace Aspire.Hosting.ApplicationModel;

/// <summary>The words and the properties by which the dashboard tells kinds of resources apart.</summary>
internal static class KnownResourceTypes
{
    public static string Of(IResource resource) => resource switch
    {
        ProjectResource => "Project",
        ContainerResource => "Container",
        ExecutableResource => "Executable",
        IResourceWithConnectionString and ParameterResource => "ConnectionString",
        ParameterResource => "Parameter",
        _ => resource.GetType().Name.Replace("Resource", "", StringComparison.Ordinal),
    };

    public static bool HasProcesses(IResource resource) => resource is ProjectResource or ExecutableResource or ContainerResource;

    /// <summary>What the dashboard shows as the source of a resource; that of an executable is its path, which it has anyway.</summary>
    public static IEnumerable<ResourcePropertySnapshot> SourceOf(IResource resource)
    {
        if (resource.TryGetLastAnnotation<IProjectMetadata>(out var project))
        {
            yield return new ResourcePropertySnapshot("project.path", project.ProjectPath);
        }

        if (resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var image))
        {
            yield return new ResourcePropertySnapshot("container.image", $"{image.Image}:{image.Tag}");
        }
    }
}
