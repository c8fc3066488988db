using System.Text.Json;
using ServiceDefaults.Storage;

namespace Cost.Worker.Objectives;

/// <summary>The counts on disk: only to make a start short, since the ledger's records hold it all.</summary>
internal sealed partial class CountsFile(string directory, ILogger<CountsFile> logger)
{
    private readonly string _path = Path.Combine(directory, "objectives.json");

    /// <summary>Null where there are none, or none that can be read.</summary>
    public KeptCounts? Read()
    {
        try
        {
            return File.Exists(_path) && JsonSerializer.Deserialize(File.ReadAllBytes(_path), ObjectiveJson.Default.KeptCounts) is { Kept: not null, Objectives: not null } counts ? counts : null;
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            LogUnreadable(_path, failure.Message);
            return null;
        }
    }

    /// <exception cref="IOException">They cannot be written.</exception>
    public void Write(KeptCounts counts) => Disk.Replace(_path, stream => JsonSerializer.Serialize(stream, counts, ObjectiveJson.Default.KeptCounts));

    [LoggerMessage(LogLevel.Warning, "{Path} cannot be read ({Reason}); objectives are counted anew from the ledger's records.")]
    private partial void LogUnreadable(string path, string reason);
}
