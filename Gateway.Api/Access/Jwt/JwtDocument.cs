using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Gateway.Api.Access.Jwt;

/// <summary>
/// A token taken apart (RFC 7519, 7515), and not yet checked. Read strictly: each part in the one form that base64url has for it, JSON
/// without duplicate names, no critical header.
/// </summary>
internal sealed record JwtDocument(string Algorithm, string? KeyId, JsonElement Claims, byte[] Signed, byte[] Signature)
{
    private const int Parts = 3;
    private const int MaxDepth = 16;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };
    private static readonly string[] Types = ["JWT", "at+jwt", "application/at+jwt"];

    public static JwtFault? TryRead(ReadOnlySpan<char> token, out JwtDocument? document)
    {
        document = null;
        Span<Range> parts = stackalloc Range[Parts + 1];
        if (token.Split(parts, '.') != Parts
            || Decode(token[parts[0]]) is not { } headerText || Decode(token[parts[1]]) is not { } claimsText || Decode(token[parts[2]]) is not { } signature
            || ReadObject(headerText) is not { } header || ReadObject(claimsText) is not { } claims
            || TextOf(header, "alg") is not { } algorithm || (header.TryGetProperty("kid", out var id) && id.ValueKind != JsonValueKind.String))
        {
            return JwtFault.Malformed;
        }

        if (header.TryGetProperty("crit", out _))
        {
            return JwtFault.CriticalHeader;
        }

        if (header.TryGetProperty("typ", out _) && !Types.Contains(TextOf(header, "typ"), StringComparer.OrdinalIgnoreCase))
        {
            return JwtFault.WrongType;
        }

        document = new JwtDocument(algorithm, TextOf(header, "kid"), claims, Encoding.ASCII.GetBytes(token[..parts[1].End.Value].ToArray()), signature);
        return null;
    }

    /// <summary>The text of a member; null where there is none or it is no text.</summary>
    public static string? TextOf(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // The decoder passes over padding, white space and stray bits in the last letter; a signature would then have many forms.
    private static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (!Base64Url.IsValid(text))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        return text.SequenceEqual(Base64Url.EncodeToString(bytes)) ? bytes : null;
    }

    private static JsonElement? ReadObject(byte[] text)
    {
        if (!Utf8.IsValid(text))
        {
            return null;
        }

        using var json = JsonDocument.Parse(text, Strict);
        return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : null;
    }
}
