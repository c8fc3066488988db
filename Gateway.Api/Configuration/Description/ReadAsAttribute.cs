namespace Gateway.Api.Configuration.Description;

/// <summary>An option that the binder cannot read and another class does: what it looks like in the configuration.</summary>
/// <param name="type">The type that the binder would have made of it.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ReadAsAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}
