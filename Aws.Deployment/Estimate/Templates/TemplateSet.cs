using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aws.Deployment.Estimate.Templates;

/// <summary>The resources of all templates in a folder.</summary>
internal sealed class TemplateSet
{
    private const string Ending = ".template.json";
    private const string Section = "Resources";

    private readonly Dictionary<(string Stack, string Id), TemplateResource> _resources;

    public TemplateSet(IEnumerable<TemplateResource> resources) => _resources = resources.ToDictionary(resource => (resource.Stack, resource.Id));

    /// <summary>In the order of their stacks and names.</summary>
    public IEnumerable<TemplateResource> Resources => _resources.Values.OrderBy(resource => resource.Stack, StringComparer.Ordinal).ThenBy(resource => resource.Id, StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">There are no templates, those of several environments, or one is none.</exception>
    public static TemplateSet Read(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*" + Ending, SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList() : [];
        return files.GroupBy(file => Path.GetFileName(file)).FirstOrDefault(same => same.Count() > 1)?.Take(2).ToList() is [var one, var other]
            ? throw new InvalidDataException($"{folder} holds the templates of more than one environment, such as {one} and {other}: name the folder of one.")
            : files.Count > 0 ? new TemplateSet(files.SelectMany(ReadFile)) : throw new InvalidDataException($"There are no templates (*{Ending}) in {folder}.");
    }

    public IEnumerable<TemplateResource> OfType(string type) => Resources.Where(resource => resource.Type == type);

    public TemplateResource? Find(string stack, string? id) => id is null ? null : _resources.GetValueOrDefault((stack, id));

    private static IEnumerable<TemplateResource> ReadFile(string file)
    {
        try
        {
            var stack = Path.GetFileName(file)[..^Ending.Length];
            return JsonNode.Parse(File.ReadAllBytes(file)) is JsonObject template && template[Section] is JsonObject resources
                ? [.. resources.Select(resource => new TemplateResource(stack, resource.Key, resource.Value!["Type"]!.ToString(), resource.Value["Properties"] as JsonObject ?? []))]
                : [];
        }
        catch (Exception broken) when (broken is JsonException or NullReferenceException or InvalidOperationException)
        {
            throw new InvalidDataException($"{file} is no template: {broken.Message}", broken);
        }
    }
}
