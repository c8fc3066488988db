using System.Text.Encodings.Web;
using System.Text.Json;

namespace Local.Model.Serving;

internal static class Json
{
    /// <summary>Text beyond ASCII goes out as it is, as vLLM does.</summary>
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
}
