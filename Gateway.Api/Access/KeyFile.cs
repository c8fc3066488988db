using System.Text.Json;
using ServiceDefaults.Storage;

namespace Gateway.Api.Access;

/// <summary>
/// Keeps API keys in <c>keys.json</c> below <c>Data:Directory</c>, or nowhere where none is configured. Written beside the old
/// file and moved over it, so that a crash leaves one whole file.
/// </summary>
internal sealed partial class KeyFile(IConfiguration configuration, ILogger<KeyFile> logger) : IKeyRepository, IDisposable
{
    private readonly SemaphoreSlim _writing = new(1);
    private readonly string? _path = configuration["Data:Directory"] is { Length: > 0 } directory ? Path.Combine(directory, "keys.json") : null;
    private volatile List<ApiKey> _keys = [];

    /// <exception cref="InvalidDataException">The file is there and cannot be read; nothing is thrown away in silence.</exception>
    public async Task<IReadOnlyList<ApiKey>> ReadAllAsync(CancellationToken cancellationToken)
    {
        if (_path is null)
        {
            LogInMemory();
            return _keys;
        }

        if (!File.Exists(_path))
        {
            return [];
        }

        try
        {
            return _keys = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(_path, cancellationToken), AccessJson.Default.ListApiKey) ?? [];
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"The API keys in {_path} cannot be read ({broken.Message}). Mend the file, or move it away to begin without keys.", broken);
        }
    }

    public Task<ApiKey?> ReadAsync(string id, CancellationToken cancellationToken) => Task.FromResult(_keys.Find(key => key.Id == id));

    public async Task<bool> TrySaveAsync(ApiKey key, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if ((_keys.Find(other => other.Id == key.Id)?.Version ?? 0) != key.Version - 1)
            {
                return false;
            }

            List<ApiKey> keys = [.. _keys.Where(other => other.Id != key.Id), key];
            if (_path is not null)
            {
                Write(_path, keys);
            }

            _keys = keys;
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new KeysUnavailableException($"{_path} cannot be written: {failure.Message}", failure);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();

    private static void Write(string path, List<ApiKey> keys) =>
        Disk.Replace(path, stream => JsonSerializer.Serialize(stream, keys, AccessJson.Default.ListApiKey), isPrivate: true);

    [LoggerMessage(LogLevel.Information, "API keys are kept in memory only and end with this process; set Data:Directory to keep them.")]
    private partial void LogInMemory();
}
