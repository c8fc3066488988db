using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Projects;

namespace Aspire.Hosting;

/// <summary>Adds and configures .NET projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project with the launch profile of the AppHost's own name, or else its first.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
        => Add(builder, name, new TProject(), DefaultProfile(builder, new TProject().ProjectPath));

    /// <summary>Adds a project with this launch profile; with none where it is null.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new()
        => Add(builder, name, new TProject(), launchProfileName);

    /// <summary>Adds a project by its path, which starts at the AppHost's directory.</summary>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, string name, string projectPath)
        => builder.AddProject(name, projectPath, DefaultProfile(builder, Path.GetFullPath(projectPath, builder.AppHostDirectory)));

    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, string name, string projectPath, string? launchProfileName)
        => Add(builder, name, new ProjectMetadata(Path.GetFullPath(projectPath, builder.AppHostDirectory)), launchProfileName);

    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);
    }

    private static IResourceBuilder<ProjectResource> Add<TProject>(
        IDistributedApplicationBuilder builder, string name, TProject project, string? launchProfileName)
        where TProject : IProjectMetadata
    {
        var resource = builder.AddResource(new ProjectResource(name)).WithAnnotation(project).WithOtlpExporter();
        if (launchProfileName is null)
        {
            return resource;
        }

        var profile = LaunchProfiles.Read(project.ProjectPath).FirstOrDefault(profile => profile.Name == launchProfileName)
            ?? throw new DistributedApplicationException($"The project of the resource '{name}' has no launch profile '{launchProfileName}'.");
        foreach (var url in profile.Urls)
        {
            resource.WithEndpoint(port: url.Port, scheme: url.Scheme, name: url.Scheme);
        }

        foreach (var (variable, value) in profile.EnvironmentVariables)
        {
            resource.WithEnvironment(variable, value);
        }

        return resource.WithArgs(profile.Arguments);
    }

    private static string? DefaultProfile(IDistributedApplicationBuilder builder, string projectPath)
    {
        var profiles = LaunchProfiles.Read(projectPath);
        var same = builder.Configuration["DOTNET_LAUNCH_PROFILE"];
        return (profiles.FirstOrDefault(profile => profile.Name == same) ?? (profiles.Count > 0 ? profiles[0] : null))?.Name;
    }
}
