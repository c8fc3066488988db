using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A default that, once made, is kept in the AppHost's user secrets, so that the next run finds it in its configuration.</summary>
internal sealed class UserSecretsParameterDefault(Assembly? appHost, string parameterName, ParameterDefault inner) : ParameterDefault
{
    private static readonly Lock FileLock = new();
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public override string GetDefaultValue()
    {
        if (appHost?.GetCustomAttribute<UserSecretsIdAttribute>() is not { } secrets)
        {
            throw new DistributedApplicationException(
                $"The value of the parameter '{parameterName}' is to be kept, but the AppHost has no UserSecretsId in its project file to keep it under.");
        }

        var path = PathHelper.GetSecretsPathFromSecretsId(secrets.UserSecretsId);
        var key = $"Parameters:{parameterName}";
        lock (FileLock)
        {
            var content = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path))?.AsObject() ?? [] : [];
            if (content[key]?.GetValue<string>() is { } kept)
            {
                return kept;
            }

            var value = inner.GetDefaultValue();
            content[key] = value;
            Save(path, content.ToJsonString(Indented));
            return value;
        }
    }

    // Written beside and moved over: a crash leaves the old file or the new one, never half of it. Only the owner may read it.
    private static void Save(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(temporary, options))
        {
            writer.Write(content);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
