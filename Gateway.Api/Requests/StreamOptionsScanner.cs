using System.Text.Json;

namespace Gateway.Api.Requests;

/// <summary>
/// Reads <c>"stream_options": {"include_usage": true}</c>, and says how the request has to change for the provider to tell its usage
/// where the caller did not ask for it.
/// </summary>
internal struct StreamOptionsScanner
{
    private static readonly byte[] AsField = [.. ",\"stream_options\":{\"include_usage\":true}"u8];
    private static readonly byte[] AsObject = [.. "{\"include_usage\":true}"u8];
    private static readonly byte[] AsFirstMember = [.. "\"include_usage\":true,"u8];
    private static readonly byte[] AsOnlyMember = [.. "\"include_usage\":true"u8];
    private static readonly byte[] AsValue = [.. "true"u8];

    private Splice? _change;
    private bool _seen;

    /// <summary>Whether the caller asked for the chunk with the usage.</summary>
    public bool IncludesUsage { get; private set; }

    /// <summary>The change that asks for it; null where the caller did, or wrote something that is for the provider to refuse.</summary>
    /// <param name="endOfBody">Where the body's closing brace stands.</param>
    public readonly Splice? Change(int endOfBody) => _seen ? _change : new Splice(endOfBody..endOfBody, AsField);

    /// <summary>Reads the field's value; the reader stands on its name.</summary>
    public void Scan(ref Utf8JsonReader json)
    {
        // Of several the last one counts, as elsewhere.
        (_seen, _change, IncludesUsage) = (true, null, false);
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
        {
            _change = new Splice((int)json.TokenStartIndex..(int)json.BytesConsumed, AsObject);
        }
        else if (json.TokenType == JsonTokenType.StartObject)
        {
            ScanMembers(ref json);
        }
        else
        {
            json.Skip();
        }
    }

    private void ScanMembers(ref Utf8JsonReader json)
    {
        var start = (int)json.BytesConsumed;
        var hasMembers = false;
        Range? other = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            hasMembers = true;
            var isIncludeUsage = json.Is("include_usage"u8);
            json.Read();
            var at = (int)json.TokenStartIndex;
            var isTrue = json.TokenType == JsonTokenType.True;
            json.Skip();
            if (isIncludeUsage)
            {
                IncludesUsage = isTrue;
                other = at..(int)json.BytesConsumed;
            }
        }

        _change = IncludesUsage ? null
            : other is { } range ? new Splice(range, AsValue)
            : new Splice(start..start, hasMembers ? AsFirstMember : AsOnlyMember);
    }
}
