using Aws.Deployment.Configuration;
using Aws.Deployment.Synthesis;

namespace Aws.Deployment.Estimate.Templates;

/// <summary>An environment's templates, made only to be looked at.</summary>
internal static class SynthesizedTemplates
{
    public static TemplateSet Of(DeploymentOptions options)
    {
        var work = Directory.CreateTempSubdirectory("gateway-templates-");
        try
        {
            // What a function's code is changes nothing about what it costs.
            File.WriteAllText(Path.Combine(work.FullName, Stacks.Packages.Gateway), "");
            var assembly = Path.Combine(work.FullName, "assembly");
            _ = Synthesizer.Synthesize(options, work.FullName, assembly);
            return TemplateSet.Read(assembly);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }
}
