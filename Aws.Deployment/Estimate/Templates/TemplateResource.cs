using System.Globalization;
using System.Text.Json.Nodes;

namespace Aws.Deployment.Estimate.Templates;

/// <summary>One resource of a template.</summary>
/// <param name="Stack">The stack's name, which its file has too.</param>
/// <param name="Id">Its logical id.</param>
/// <param name="Type">Such as <c>AWS::Lambda::Function</c>.</param>
/// <param name="Properties">As the template has them.</param>
internal sealed record TemplateResource(string Stack, string Id, string Type, JsonObject Properties)
{
    /// <param name="path">Names of properties, one within the other.</param>
    public JsonNode? Find(params string[] path) => path.Aggregate((JsonNode?)Properties, (node, name) => (node as JsonObject)?[name]);

    /// <summary>A text; null where there is none, or only a function of CloudFormation.</summary>
    public string? Text(params string[] path) => Find(path) is JsonValue value ? value.ToString() : null;

    /// <summary>A number, which templates have as text too.</summary>
    public decimal? Number(params string[] path) =>
        decimal.TryParse(Text(path), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public IReadOnlyList<JsonNode?> List(params string[] path) => Find(path) is JsonArray list ? [.. list] : [];

    /// <summary>The logical id that a property refers to: <c>{"Ref": "Task"}</c> or <c>{"Fn::GetAtt": ["Task", "Arn"]}</c>.</summary>
    public string? Reference(params string[] path) => Find(path) is JsonObject function
        ? function["Ref"]?.ToString() ?? (function["Fn::GetAtt"] as JsonArray)?[0]?.ToString()
        : null;
}
