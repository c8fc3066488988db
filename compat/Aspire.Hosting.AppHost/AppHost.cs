using System.Reflection;

namespace Aspire.Hosting;

/// <summary>The program that describes the application, as its build wrote it down.</summary>
internal sealed record AppHost(Assembly? Assembly, string Directory)
{
    public static AppHost Find(DistributedApplicationOptions options)
    {
        var assembly = options.AssemblyName is { } name ? Assembly.Load(new AssemblyName(name)) : Assembly.GetEntryAssembly();
        var project = assembly?.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(attribute => attribute.Key == "AppHostProjectPath")?.Value;
        return new AppHost(assembly, options.ProjectDirectory ?? (System.IO.Directory.Exists(project) ? project : System.IO.Directory.GetCurrentDirectory()));
    }
}
