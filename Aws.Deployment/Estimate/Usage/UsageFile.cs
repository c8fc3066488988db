using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aws.Deployment.Estimate.Usage;

/// <summary>Assumptions by environment: <c>{"dev": {"Requests": [10000, 100000, 1000000], …}}</c>, low, expected and high.</summary>
internal static class UsageFile
{
    private static readonly JsonSerializerOptions Format = new()
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new ScenariosConverter() },
    };

    /// <summary>The one that ships with the tool.</summary>
    public static string Default { get; } = Path.Combine(AppContext.BaseDirectory, "Estimate", "Usage", "usage.json");

    /// <exception cref="InvalidDataException">It says nothing of the environment, or something that is not understood.</exception>
    public static UsageAssumptions Read(string file, string environment)
    {
        try
        {
            var all = JsonSerializer.Deserialize<Dictionary<string, UsageAssumptions>>(File.ReadAllBytes(file), Format)!;
            return all.TryGetValue(environment, out var one)
                ? one
                : throw new InvalidDataException($"{file} says nothing of {environment}; it has {string.Join(", ", all.Keys)}.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{file}: {broken.Message}", broken);
        }
    }
}
