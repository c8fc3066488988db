using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mcp.Products.Tools;

/// <summary>JSON that is written by hand.</summary>
internal static class JsonBytes
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            write(json);
        }

        return bytes.WrittenMemory;
    }

    public static JsonElement ToElement(Action<Utf8JsonWriter> write)
    {
        var reader = new Utf8JsonReader(Write(write).Span);
        return JsonElement.ParseValue(ref reader);
    }
}
