using System.Reflection;
using Gateway.Tests.Hosts;
using Xunit.v3;

namespace Gateway.Tests.Requirements;

/// <summary>A test, and a requirement that would be broken if it failed.</summary>
/// <param name="Id">The requirement.</param>
/// <param name="Test"><c>Class.Method</c>, its namespace below that of its project in front.</param>
internal sealed record Proof(string Id, string Test)
{
    private const string Trait = "Requirement";

    /// <summary>The tests of this assembly and of the deployment's, which stands apart so that nobody else waits for CDK.</summary>
    public static IReadOnlyList<Proof> All { get; } = [.. In(typeof(Proof).Assembly), .. In(Assembly.LoadFrom(BesideThis("Aws.Deployment.Tests")))];

    private static IEnumerable<Proof> In(Assembly assembly) =>
        from type in assembly.GetTypes()
        where type is { IsClass: true, IsAbstract: false }
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
        where method.GetCustomAttributes().OfType<IFactAttribute>().Any()
        from id in IdsOf(type).Concat(IdsOf(method)).Distinct()
        select new Proof(id, $"{type.FullName![(assembly.GetName().Name!.Length + 1)..]}.{method.Name}");

    // bin/{configuration}/{framework} of another project, as this one was built.
    private static string BesideThis(string project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Repository.PathOf(project, "bin", output.Parent!.Name, output.Name, $"{project}.dll");
    }

    private static IEnumerable<string> IdsOf(MemberInfo member) =>
        member.GetCustomAttributes(inherit: true).OfType<ITraitAttribute>().SelectMany(trait => trait.GetTraits()).Where(trait => trait.Key == Trait).Select(trait => trait.Value);
}
