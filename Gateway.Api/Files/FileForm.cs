using System.Globalization;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Files;

/// <summary>What an upload says beside the file, as its fields come in.</summary>
internal sealed class FileForm
{
    private const string AnchorField = "expires_after[anchor]";
    private const string SecondsField = "expires_after[seconds]";

    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    public string? Purpose => _fields.GetValueOrDefault("purpose");

    public TimeSpan? ExpiresAfter => Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private int? Seconds => _fields.TryGetValue(SecondsField, out var text) ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0 : null;

    public Refusal? TryAdd(string name, string value) =>
        name is not ("purpose" or AnchorField or SecondsField) ? FileRefusals.UnknownField(name)
        : !_fields.TryAdd(name, value) ? Refusal.DuplicateParameter(name)
        : null;

    public Refusal? FindFault() =>
        Purpose is null ? FileRefusals.NoPurpose
        : !FilePurpose.Uploaded.Contains(Purpose) ? FileRefusals.UnknownPurpose(Purpose)
        : _fields.Count > 1 ? FileLifetime.FindFault("expires_after", _fields.GetValueOrDefault(AnchorField), Seconds)
        : null;
}
