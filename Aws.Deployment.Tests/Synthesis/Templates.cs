using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Aws.Deployment.Synthesis;
using Gateway.Tests.Hosts;

namespace Aws.Deployment.Tests.Synthesis;

/// <summary>The templates of each variant, made once for all tests; they are kept in <c>TestResults/templates</c> to be read.</summary>
public sealed class Templates : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, Lazy<DeploymentAssembly>> _assemblies = new(StringComparer.Ordinal);
    private readonly string _packages = Directory.CreateTempSubdirectory("packages-").FullName;

    public Templates() => File.WriteAllBytes(Path.Combine(_packages, "gateway.zip"), [0x50, 0x4b, 0x05, 0x06, .. new byte[18]]);

    /// <summary>jsii has one process, whose calls come one after the other.</summary>
    public Lock Jsii => _lock;

    public DeploymentAssembly AssemblyOf(Variant variant) => _assemblies.GetOrAdd(variant.Name, name => new(() =>
    {
        lock (_lock)
        {
            var output = Repository.PathOf("TestResults", "templates", name);
            if (Directory.Exists(output))
            {
                Directory.Delete(output, recursive: true);
            }

            return Synthesizer.Synthesize(variant.Options, _packages, output);
        }
    })).Value;

    /// <summary>The template of one concern.</summary>
    public Template Of(Variant variant, string concern) => new(concern, JsonNode.Parse(File.ReadAllText(AssemblyOf(variant).Stacks.Single(stack => stack.Id == concern).Template))!);

    /// <summary>All of them.</summary>
    public IEnumerable<Template> Of(Variant variant) => AssemblyOf(variant).Stacks.Select(stack => new Template(stack.Id, JsonNode.Parse(File.ReadAllText(stack.Template))!));

    public void Dispose() => Directory.Delete(_packages, recursive: true);
}
