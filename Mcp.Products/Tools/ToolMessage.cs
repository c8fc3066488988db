namespace Mcp.Products.Tools;

/// <summary>Something to say beside the products, in the form that the commerce standards have for it.</summary>
/// <param name="Type"><c>error</c>, <c>warning</c> or <c>info</c>.</param>
/// <param name="Code">What it is, for programs.</param>
/// <param name="Content">What it is, in words.</param>
internal sealed record ToolMessage(string Type, string Code, string Content)
{
    /// <summary>Which argument it is about, such as <c>$.catalog.filters.price</c>.</summary>
    public string? Path { get; init; }

    /// <summary>What would do in its place.</summary>
    public IReadOnlyList<string> ValidValues { get; init; } = [];

    public static ToolMessage Error(string code, string path, string content, params IReadOnlyList<string> validValues) =>
        new("error", code, content) { Path = path, ValidValues = validValues };

    public static ToolMessage Warning(string code, string path, string content, params IReadOnlyList<string> validValues) =>
        new("warning", code, content) { Path = path, ValidValues = validValues };

    public static ToolMessage Info(string code, string content) => new("info", code, content);
}
