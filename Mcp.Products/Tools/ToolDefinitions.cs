using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace Mcp.Products.Tools;

/// <summary>Puts a tool's description together from the schemas of <c>Schemas/</c>, which are written by hand: what is generated requires what may be left out.</summary>
internal static class ToolDefinitions
{
    private const string Folder = "Mcp.Products.Tools.Schemas";

    public static Tool Define(string name, string title, string description) => new()
    {
        Name = name,
        Title = title,
        Description = description,
        InputSchema = JsonSerializer.SerializeToElement(Read($"{name}.input")),
        OutputSchema = JsonSerializer.SerializeToElement(WithShared(Read($"{name}.output"))),
        Annotations = new ToolAnnotations { Title = title, ReadOnlyHint = true, IdempotentHint = true, DestructiveHint = false, OpenWorldHint = false },
    };

    private static JsonObject WithShared(JsonObject schema)
    {
        schema["definitions"] = Read("definitions");
        return schema;
    }

    private static JsonObject Read(string name)
    {
        using var file = typeof(ToolDefinitions).Assembly.GetManifestResourceStream($"{Folder}.{name}.json")
            ?? throw new InvalidOperationException($"The schema {name}.json is not built in.");
        return JsonNode.Parse(file)!.AsObject();
    }
}
