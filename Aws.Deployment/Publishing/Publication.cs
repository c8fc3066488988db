using Aws.Deployment.Configuration;
using Aws.Deployment.Estimate;
using Aws.Deployment.Estimate.Prices;
using Aws.Deployment.Estimate.Reports;
using Aws.Deployment.Estimate.Templates;
using Aws.Deployment.Estimate.Usage;
using Aws.Deployment.Packages;
using Aws.Deployment.Synthesis;

namespace Aws.Deployment.Publishing;

/// <summary>An environment in a folder: what is deployed, and what it costs. The same source and options make the same files to the byte.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Packages">Those in <c>packages/</c>.</param>
/// <param name="Assembly">The templates in <c>assembly/</c>, with what the CDK CLI needs to deploy them.</param>
/// <param name="Estimate">What they cost, which <c>estimate.md</c> and <c>estimate.json</c> say.</param>
internal sealed record Publication(string Folder, IReadOnlyList<Package> Packages, DeploymentAssembly Assembly, CostEstimate Estimate)
{
    /// <summary>Where images go, which are not made each time.</summary>
    public const string ImagesFolder = "images";

    private const string PackagesFolder = "packages";
    private const string AssemblyFolder = "assembly";
    private const string ParametersFile = "parameters.json";
    private const string EstimateText = "estimate.md";
    private const string EstimateData = "estimate.json";
    private const string ManifestFile = "files.json";

    private static readonly HashSet<string> Names = [PackagesFolder, AssemblyFolder, ImagesFolder, ParametersFile, EstimateText, EstimateData, ManifestFile];

    /// <summary>Takes out what an older publication left.</summary>
    /// <exception cref="IOException">There is something else in the folder.</exception>
    public static void Clear(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        if (Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).FirstOrDefault(name => !Names.Contains(name)) is { } foreign)
        {
            throw new IOException($"{folder} holds {foreign}, which publish did not write: name another folder with --output.");
        }

        foreach (var old in Directory.EnumerateDirectories(folder))
        {
            Directory.Delete(old, recursive: true);
        }
    }

    public static async Task<Publication> CreateAsync(DeploymentOptions options, PublishedServices services, string folder, CancellationToken cancellationToken)
    {
        var (packages, assembly) = (Path.Combine(folder, PackagesFolder), Path.Combine(folder, AssemblyFolder));
        var built = await PackageBuilder.BuildAsync(services, Service.All, packages, cancellationToken);
        var synthesized = Synthesizer.Synthesize(options, packages, assembly);
        await File.WriteAllTextAsync(Path.Combine(folder, ParametersFile), ParametersDocument.Of(options, synthesized), cancellationToken);
        var estimate = CostEstimate.Of(TemplateSet.Read(assembly), UsageFile.Read(UsageFile.Default, options.Environment), PriceSheet.Snapshot(), options.Environment, options.Region);
        await File.WriteAllTextAsync(Path.Combine(folder, EstimateText), EstimateMarkdown.Of(estimate), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, EstimateData), EstimateJson.Of(estimate), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, ManifestFile), FilesDocument.Of(folder, except: ManifestFile), cancellationToken);
        return new Publication(folder, built, synthesized, estimate);
    }
}
