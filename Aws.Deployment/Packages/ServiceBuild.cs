namespace Aws.Deployment.Packages;

/// <summary>What services were built to, once.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Sources">The hash of what they were made of.</param>
/// <param name="Contents">The hash of what they became.</param>
internal sealed record ServiceBuild(string Folder, string Sources, string Contents, DateTimeOffset BuiltAt)
{
    /// <summary>Whether it is still as it was built.</summary>
    public bool IsWhole => Directory.Exists(PublishedServices.PublishedBelow(Folder)) && ContentsOf(Folder) == Contents;

    public static string ContentsOf(string folder)
    {
        var published = PublishedServices.PublishedBelow(folder);
        return ServiceSources.HashOf(published, Directory.EnumerateFiles(published, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
    }
}
