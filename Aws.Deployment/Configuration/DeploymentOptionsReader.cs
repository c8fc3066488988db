using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aws.Deployment.Configuration;

/// <summary>Reads an environment's file, puts what the command line says over it, and checks the whole.</summary>
public static class DeploymentOptionsReader
{
    private static readonly JsonSerializerOptions Format = new()
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
    };

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "environments");

    /// <exception cref="DeploymentOptionsException">There is no such environment, its file cannot be read, or what is asked for cannot be.</exception>
    public static DeploymentOptions Read(string environment, DeploymentOverrides? overrides = null)
    {
        if (!Environments.Known.Contains(environment))
        {
            throw new DeploymentOptionsException([$"--environment is '{environment}'; allowed: {string.Join(", ", Environments.Known)}."]);
        }

        var file = Path.Combine(Folder, $"{environment}.json");
        var options = Override(Parse(file) with { Environment = environment }, overrides ?? new());
        var faults = DeploymentOptionsValidator.Validate(options);
        return faults.Count == 0 ? options : throw new DeploymentOptionsException(faults);
    }

    private static DeploymentOptions Parse(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<DeploymentOptions>(File.ReadAllBytes(file), Format)!;
        }
        catch (JsonException broken)
        {
            throw new DeploymentOptionsException([Fault(Path.GetFileName(file), broken)]);
        }
    }

    // Path: "$.Gateway.Burst", and "$" of what is no JSON at all.
    private static string Fault(string file, JsonException broken)
    {
        var key = broken.Path is { Length: > 2 } path ? path[2..].Replace('.', ':') : null;
        var place = string.Create(CultureInfo.InvariantCulture, $"environments/{file}, line {broken.LineNumber + 1}");
        return key is null ? $"{place}: it is no JSON object; allowed: the keys of docs/deploy.md." : $"{place}: {key} is unknown or of the wrong kind; allowed: the keys of docs/deploy.md, with values such as are there.";
    }

    private static DeploymentOptions Override(DeploymentOptions options, DeploymentOverrides overrides) => options with
    {
        Region = overrides.Region ?? options.Region,
        Domain = overrides.Domain ?? options.Domain,
        Gateway = options.Gateway with { Compute = overrides.Compute ?? options.Gateway.Compute },
    };
}
