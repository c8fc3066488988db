using System.Reflection;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Projects;

/// <summary>Finds what the build made of a project: it is started as it is, never built or run by the SDK.</summary>
internal static class ProjectOutput
{
    /// <summary>The metadata key under which the AppHost's build writes down the assembly of a project it refers to.</summary>
    private const string KeyPrefix = "aspire-project-output:";

    /// <summary>The <c>dotnet</c> that runs this process.</summary>
    public static string DotNet { get; } = Path.GetFullPath(
        Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <exception cref="DistributedApplicationException">The project was not built.</exception>
    public static string Find(IProjectMetadata project, Assembly? appHost)
    {
        var written = new[] { project.GetType().Assembly, appHost }
            .OfType<Assembly>()
            .SelectMany(assembly => assembly.GetCustomAttributes<AssemblyMetadataAttribute>())
            .FirstOrDefault(attribute => attribute.Key == KeyPrefix + project.ProjectPath)?.Value;
        var output = written ?? ByConvention(project.ProjectPath);
        return File.Exists(output)
            ? output
            : throw new DistributedApplicationException($"The project {project.ProjectPath} was not built: {output} does not exist.");
    }

    // bin/{configuration}/{framework}/{name}.dll, in the configuration and for the framework that this process was built with.
    private static string ByConvention(string projectPath)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(
            Path.GetDirectoryName(projectPath)!, "bin", own.Parent!.Name, own.Name, $"{Path.GetFileNameWithoutExtension(projectPath)}.dll");
    }
}
