using System.Reflection;
using Xunit.v3;

namespace Gateway.Tests.Requirements;

/// <summary>A test, and a requirement that would be broken if it failed.</summary>
/// <param name="Id">The requirement.</param>
/// <param name="Test"><c>Class.Method</c>, its namespace below <c>Gateway.Tests</c> in front.</param>
internal sealed record Proof(string Id, string Test)
{
    private const string Trait = "Requirement";

    private static readonly string Root = typeof(Proof).Assembly.GetName().Name + ".";

    public static IReadOnlyList<Proof> All { get; } =
    [
        .. from type in typeof(Proof).Assembly.GetTypes()
           where type is { IsClass: true, IsAbstract: false }
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
           where method.GetCustomAttributes().OfType<IFactAttribute>().Any()
           from id in IdsOf(type).Concat(IdsOf(method)).Distinct()
           select new Proof(id, $"{type.FullName![Root.Length..]}.{method.Name}"),
    ];

    private static IEnumerable<string> IdsOf(MemberInfo member) =>
        member.GetCustomAttributes(inherit: true).OfType<ITraitAttribute>().SelectMany(trait => trait.GetTraits()).Where(trait => trait.Key == Trait).Select(trait => trait.Value);
}
