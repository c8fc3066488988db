using System.Text.Json;
using ServiceDefaults.Storage;

namespace Cost.Worker.Alerts;

/// <summary>The alerts that last, on disk, so that a start neither tells of them again nor forgets to tell of their end.</summary>
internal sealed partial class AlertFile(string directory, ILogger<AlertFile> logger)
{
    private readonly string _path = Path.Combine(directory, "active.json");

    public IReadOnlyList<Alert> Read()
    {
        try
        {
            return File.Exists(_path) ? JsonSerializer.Deserialize(File.ReadAllBytes(_path), AlertJson.Default.AlertArray) ?? [] : [];
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            LogUnreadable(_path, failure.Message);
            return [];
        }
    }

    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(IEnumerable<Alert> active) => Disk.Replace(_path, stream => JsonSerializer.Serialize(stream, [.. active], AlertJson.Default.AlertArray));

    [LoggerMessage(LogLevel.Error, "{Path} cannot be read ({Reason}): alerts begin anew, and those that last are told again.")]
    private partial void LogUnreadable(string path, string reason);
}
