using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aspire.Hosting.Projects;

/// <summary>How a project is usually started, by its Properties/launchSettings.json.</summary>
internal sealed record LaunchProfile(string Name, IReadOnlyList<Uri> Urls, IReadOnlyDictionary<string, string> EnvironmentVariables, string[] Arguments);

internal static class LaunchProfiles
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static IReadOnlyList<LaunchProfile> Read(string projectPath)
    {
        var path = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        return File.Exists(path) && JsonNode.Parse(File.ReadAllText(path), documentOptions: Lenient)?["profiles"] is JsonObject profiles
            ? [.. profiles.Where(profile => (string?)profile.Value?["commandName"] == "Project").Select(profile => Read(profile.Key, profile.Value!))]
            : [];
    }

    private static LaunchProfile Read(string name, JsonNode profile) => new(
        name,
        [.. Words((string?)profile["applicationUrl"], ';').Select(url => new Uri(url))],
        (profile["environmentVariables"] as JsonObject ?? []).ToDictionary(variable => variable.Key, variable => (string?)variable.Value ?? ""),
        Words((string?)profile["commandLineArgs"], ' '));

    private static string[] Words(string? text, char separator)
        => (text ?? "").Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
