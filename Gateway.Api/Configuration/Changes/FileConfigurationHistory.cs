using System.Text.Json;
using ServiceDefaults.Storage;

namespace Gateway.Api.Configuration.Changes;

/// <summary>
/// Keeps versions in <c>configuration.json</c> below <c>Data:Directory</c>, the newest first, or nowhere where none is configured. Written
/// beside the old file and moved over it, so that a crash leaves one whole file.
/// </summary>
internal sealed class FileConfigurationHistory(IConfiguration configuration) : IConfigurationHistory, IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly string? _path = configuration["Data:Directory"] is { Length: > 0 } directory ? Path.Combine(directory, "configuration.json") : null;
    private List<ConfigurationVersion> _versions = [];
    private (DateTime WrittenAt, long Length) _read;

    public async Task<ConfigurationVersion?> ReadNewestAsync(CancellationToken cancellationToken) =>
        await ReadAllAsync(cancellationToken) is [var newest, ..] ? newest : null;

    public Task<IReadOnlyList<ConfigurationVersion>> ReadAllAsync(CancellationToken cancellationToken) =>
        AloneAsync<IReadOnlyList<ConfigurationVersion>>(() => _versions, cancellationToken);

    public Task<bool> TryAddAsync(ConfigurationVersion version, CancellationToken cancellationToken) => AloneAsync(
        () =>
        {
            if ((_versions is [var newest, ..] ? newest.Version : 0) != version.Version - 1)
            {
                return false;
            }

            List<ConfigurationVersion> versions = [version, .. _versions.Take(IConfigurationHistory.Capacity - 1)];
            if (_path is not null)
            {
                Write(_path, versions);
                _read = StampOf(_path);
            }

            _versions = versions;
            return true;
        },
        cancellationToken);

    /// <summary>What another process writes is seen when it is next looked for.</summary>
    public Task SubscribeAsync(Action added) => Task.CompletedTask;

    public void Dispose() => _one.Dispose();

    private async Task<T> AloneAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            ReadAnew();
            return work();
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException(failure.Message, failure);
        }
        catch (JsonException broken)
        {
            throw new IOException($"What was put at /admin/config is kept in {_path}, which cannot be read ({broken.Message}). Mend the file, or move it away.", broken);
        }
        finally
        {
            _one.Release();
        }
    }

    private void ReadAnew()
    {
        if (_path is null || !File.Exists(_path) || StampOf(_path) is var stamp && stamp == _read)
        {
            return;
        }

        _versions = JsonSerializer.Deserialize(File.ReadAllBytes(_path), ConfigurationJson.Default.ListConfigurationVersion) ?? [];
        _read = stamp;
    }

    private static (DateTime WrittenAt, long Length) StampOf(string path) => new FileInfo(path) is var file ? (file.LastWriteTimeUtc, file.Length) : default;

    private static void Write(string path, List<ConfigurationVersion> versions) =>
        Disk.Replace(path, stream => JsonSerializer.Serialize(stream, versions, ConfigurationJson.Default.ListConfigurationVersion), isPrivate: true);
}
