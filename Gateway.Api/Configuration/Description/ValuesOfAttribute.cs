using System.Reflection;

namespace Gateway.Api.Configuration.Description;

/// <summary>The values that an option of text may have are those that a class lists in its field <c>All</c>.</summary>
/// <param name="type">The class.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ValuesOfAttribute(Type type) : Attribute
{
    public IReadOnlyList<string> Values { get; } = (IReadOnlyList<string>)type.GetField("All", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
}
