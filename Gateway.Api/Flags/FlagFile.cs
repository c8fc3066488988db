using System.Text.Json;
using ServiceDefaults.Storage;

namespace Gateway.Api.Flags;

/// <summary>
/// Keeps switched flags in <c>flags.json</c> below <c>Data:Directory</c>, or in memory where none is configured. Written beside the old file and
/// moved over it, so that a crash leaves one whole file.
/// </summary>
internal sealed class FlagFile(IConfiguration configuration) : IFlagStore
{
    private readonly Lock _one = new();
    private readonly string? _path = configuration["Data:Directory"] is { Length: > 0 } directory ? Path.Combine(directory, "flags.json") : null;
    private List<FlagSwitch>? _switches;

    /// <exception cref="InvalidDataException">The file is there and cannot be read; nothing is thrown away in silence.</exception>
    public Task<IReadOnlyList<FlagSwitch>> ReadAllAsync(CancellationToken cancellationToken)
    {
        lock (_one)
        {
            return Task.FromResult<IReadOnlyList<FlagSwitch>>(_switches ??= Read());
        }
    }

    public Task SaveAsync(string name, FlagSwitch? change, CancellationToken cancellationToken)
    {
        lock (_one)
        {
            List<FlagSwitch> switches = [.. (_switches ??= Read()).Where(other => other.Name != name), .. change is null ? (FlagSwitch[])[] : [change]];
            Write(switches);
            _switches = switches;
        }

        return Task.CompletedTask;
    }

    private List<FlagSwitch> Read()
    {
        try
        {
            return File.Exists(_path) ? JsonSerializer.Deserialize(File.ReadAllBytes(_path), FlagJson.Default.ListFlagSwitch) ?? [] : [];
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"The flags in {_path} cannot be read ({broken.Message}). Mend the file, or move it away to begin with the configured ones.", broken);
        }
    }

    private void Write(List<FlagSwitch> switches)
    {
        if (_path is null)
        {
            return;
        }

        try
        {
            Disk.Replace(_path, stream => JsonSerializer.Serialize(stream, switches, FlagJson.Default.ListFlagSwitch));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new FlagsUnavailableException($"{_path} cannot be written: {failure.Message}", failure);
        }
    }
}
