using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gateway.Api.Pipeline;

namespace Gateway.Api;

/// <summary>Small ways of reading a request's JSON, and of handing parts of it on without taking them apart.</summary>
internal static class Json
{
    /// <summary>Only what JSON itself demands is escaped; whoever writes sees to the order.</summary>
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static readonly JsonElement EmptySchema = Parse("""{"type":"object","properties":{}}""");

    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    /// <summary>What the caller is told where <see cref="IsOfText"/> holds.</summary>
    public static readonly Refusal NoUnicode = Refusal.InvalidRequest("The body holds text that is no Unicode: half of a surrogate pair, such as \\ud800 alone.");

    /// <summary>Whether reading a string failed because its escapes make no text; what else throws this is a bug.</summary>
    public static bool IsOfText(this InvalidOperationException exception) => exception.Source == "System.Text.Json.Rethrowable" || exception.TargetSite?.DeclaringType?.Namespace == "System.Text.Json";

    /// <summary>Whether the name or text that the reader stands on is this one. Where its escapes make no text it is none that anybody knows; the reader's own comparison throws.</summary>
    public static bool Is(this in Utf8JsonReader json, ReadOnlySpan<byte> text) => json.ValueIsEscaped ? IsWithEscapes(in json, text) : json.ValueTextEquals(text);

    /// <inheritdoc cref="Is(in Utf8JsonReader, ReadOnlySpan{byte})"/>
    public static bool Is(this in Utf8JsonReader json, string text) => json.ValueIsEscaped ? IsWithEscapes(in json, Encoding.UTF8.GetBytes(text)) : json.ValueTextEquals(text);

    /// <summary>The property, or null where it is missing or JSON's null.</summary>
    public static JsonElement? Find(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string? FindText(this JsonElement element, string name) =>
        element.Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static bool IsTrue(this JsonElement element, string name) => element.Find(name) is { ValueKind: JsonValueKind.True };

    /// <summary>The address in <c>{"url":"…"}</c> or in a plain string.</summary>
    public static string? AddressOfImage(this JsonElement image) =>
        image.ValueKind == JsonValueKind.String ? image.GetString() : image.FindText("url");

    /// <summary>Whether a string holds white space only. Most are seen not to be without being unescaped.</summary>
    public static bool IsBlank(this JsonElement text)
    {
        var raw = JsonMarshal.GetRawUtf8Value(text)[1..^1];
        var first = raw.IndexOfAnyExcept((byte)' ');
        return first < 0 || ((raw[first] is (byte)'\\' or >= 0x80) && string.IsNullOrWhiteSpace(text.GetString()));
    }

    /// <summary>Writes a value with the very bytes it has.</summary>
    public static void WriteRaw(this Utf8JsonWriter json, string name, JsonElement value)
    {
        json.WritePropertyName(name);
        json.WriteRaw(value);
    }

    public static void WriteRaw(this Utf8JsonWriter json, JsonElement value) =>
        json.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);

    /// <summary>Writes a value with the bytes it has, on one line, as the data of an event is: line breaks of valid JSON stand between its tokens only.</summary>
    public static void WriteRawOnOneLine(this Utf8JsonWriter json, JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        json.WriteRawValue(raw.ContainsAny("\r\n"u8) ? OnOneLine(raw) : raw, skipInputValidation: true);
    }

    /// <summary>A copy of valid JSON, or of a piece of it, without line breaks.</summary>
    public static byte[] OnOneLine(ReadOnlySpan<byte> raw)
    {
        var line = raw.ToArray();
        line.AsSpan().Replace((byte)'\r', (byte)' ');
        line.AsSpan().Replace((byte)'\n', (byte)' ');
        return line;
    }

    /// <summary>A member of an object with the comma before it, or, where it is the first, the one after it.</summary>
    public static Range WithItsComma(ReadOnlySpan<byte> data, int start, int end)
    {
        var before = data[..start].LastIndexOfAnyExcept(Blanks);
        if (data[before] == (byte)',')
        {
            return before..end;
        }

        var after = data[end..].IndexOfAnyExcept(Blanks);
        return start..(data[end + after] == (byte)',' ? end + after + 1 : end);
    }

    /// <summary>Text as a JSON string, quotes included.</summary>
    public static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    /// <inheritdoc cref="Quote(string)"/>
    public static byte[] Quote(ReadOnlySpan<byte> text) => [(byte)'"', .. JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, (byte)'"'];

    /// <summary>What stands between the quotes of a JSON string, as text; with its escapes where they make none.</summary>
    public static string Unquote(ReadOnlySpan<byte> raw)
    {
        if (!raw.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(raw);
        }

        var json = new Utf8JsonReader([(byte)'"', .. raw, (byte)'"']);
        json.Read();
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException noText) when (noText.IsOfText())
        {
            return Encoding.UTF8.GetString(raw);
        }
    }

    private static bool IsWithEscapes(in Utf8JsonReader json, ReadOnlySpan<byte> text)
    {
        try
        {
            return json.ValueTextEquals(text);
        }
        catch (InvalidOperationException noText) when (noText.IsOfText())
        {
            return false;
        }
    }

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
