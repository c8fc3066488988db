namespace Aws.Deployment.Operations.Models;

/// <summary>A file of a model.</summary>
/// <param name="Name">Its path in the model's folder, with slashes.</param>
/// <param name="Path">Where it is on this machine.</param>
internal sealed record WeightFile(string Name, string Path)
{
    /// <summary>Those of a folder, hidden ones left out.</summary>
    public static IReadOnlyList<WeightFile> In(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => new WeightFile(System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/'), path))
            .Where(file => !file.Name.Split('/').Any(part => part.StartsWith('.')))
            .OrderBy(file => file.Name, StringComparer.Ordinal),
    ];
}
