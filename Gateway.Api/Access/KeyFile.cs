using System.Text.Json;

namespace Gateway.Api.Access;

/// <summary>
/// Keeps API keys in <c>keys.json</c> below <c>Data:Directory</c>, or nowhere where none is configured. Written beside the old
/// file and moved over it, so that a crash leaves one whole file.
/// </summary>
internal sealed partial class KeyFile(IConfiguration configuration, ILogger<KeyFile> logger)
{
    private readonly string? _path = configuration["Data:Directory"] is { Length: > 0 } directory ? Path.Combine(directory, "keys.json") : null;

    /// <exception cref="InvalidDataException">The file is there and cannot be read; nothing is thrown away in silence.</exception>
    public IReadOnlyList<ApiKey> Read()
    {
        if (_path is null)
        {
            LogInMemory();
            return [];
        }

        if (!File.Exists(_path))
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(_path), AccessJson.Default.ListApiKey) ?? [];
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"The API keys in {_path} cannot be read ({broken.Message}). Mend the file, or move it away to begin without keys.", broken);
        }
    }

    public void Write(IReadOnlyList<ApiKey> keys)
    {
        if (_path is null)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var beside = _path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(beside, options))
        {
            JsonSerializer.Serialize(stream, [.. keys], AccessJson.Default.ListApiKey);
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, _path, overwrite: true);
    }

    [LoggerMessage(LogLevel.Information, "API keys are kept in memory only and end with this process; set Data:Directory to keep them.")]
    private partial void LogInMemory();
}
