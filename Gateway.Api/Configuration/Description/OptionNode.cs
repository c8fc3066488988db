using System.ComponentModel;
using System.Reflection;

namespace Gateway.Api.Configuration.Description;

/// <summary>An option, or an entry of one: its name, its type and what stands below it. Made from the option records themselves, so that none can be forgotten.</summary>
internal sealed class OptionNode
{
    private OptionNode(string name, Type type, PropertyInfo? property, object? standard)
    {
        var readAs = property?.GetCustomAttribute<ReadAsAttribute>();
        Name = name;
        Property = property;
        Default = readAs is null ? standard : null;
        HasOwnReader = readAs is not null;
        Type = Nullable.GetUnderlyingType(type) ?? readAs?.Type ?? type;
        (Kind, var item) = KindOf(Type);
        Item = item is null ? null : new OptionNode("", item, property: null, standard: null);
        Options = Kind == OptionKind.Section ? [.. OptionsOf(Type)] : [];
    }

    /// <summary>Section <c>Gateway</c>.</summary>
    public static OptionNode Gateway { get; } = new(GatewayOptions.Section, typeof(GatewayOptions), property: null, new GatewayOptions());

    public string Name { get; }

    /// <summary>Without <see cref="Nullable{T}"/>.</summary>
    public Type Type { get; }

    public OptionKind Kind { get; }

    /// <summary>Null for entries of maps and lists.</summary>
    public PropertyInfo? Property { get; }

    public object? Default { get; }

    /// <summary>Whether the binder leaves it to another class; names in it may hold a colon, then.</summary>
    public bool HasOwnReader { get; }

    /// <summary>What a section holds.</summary>
    public IReadOnlyList<OptionNode> Options { get; }

    /// <summary>What each entry of a map or list is.</summary>
    public OptionNode? Item { get; }

    /// <summary>What an option of this name is; null where there is none.</summary>
    public OptionNode? Find(string name) => Kind switch
    {
        OptionKind.Section => Options.FirstOrDefault(option => option.Name.Equals(name, StringComparison.OrdinalIgnoreCase)),
        OptionKind.Map => Item,
        OptionKind.List => int.TryParse(name, out _) ? Item : null,
        _ => null,
    };

    private static IEnumerable<OptionNode> OptionsOf(Type type)
    {
        var standard = type.GetConstructor([]) is null ? null : Activator.CreateInstance(type);
        return from property in type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
               where property.GetCustomAttribute<ReadAsAttribute>() is not null || property is { SetMethod.IsPublic: true, GetMethod.IsPublic: true }
               orderby Depth(property.DeclaringType!) descending
               select new OptionNode(property.Name, property.PropertyType, property, standard is null ? null : property.GetValue(standard));
    }

    // What a record inherits comes after what is its own.
    private static int Depth(Type type) => type.BaseType is { } above ? 1 + Depth(above) : 0;

    private static (OptionKind Kind, Type? Item) KindOf(Type type)
    {
        if (TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string)))
        {
            return (OptionKind.Value, null);
        }

        var shapes = type.GetInterfaces().Append(type).Where(shape => shape.IsGenericType).ToList();
        var pair = shapes.Find(shape => shape.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) || shape.GetGenericTypeDefinition() == typeof(IDictionary<,>));
        var list = shapes.Find(shape => shape.GetGenericTypeDefinition() == typeof(IEnumerable<>));
        return pair is not null ? (OptionKind.Map, pair.GetGenericArguments()[1])
            : list is not null ? (OptionKind.List, list.GetGenericArguments()[0])
            : (type.Namespace?.StartsWith(nameof(System), StringComparison.Ordinal) == true ? OptionKind.Any : OptionKind.Section, null);
    }
}
