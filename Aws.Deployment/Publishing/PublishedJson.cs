using System.Text.Encodings.Web;
using System.Text.Json;

namespace Aws.Deployment.Publishing;

/// <summary>How JSON is written for people to read and for tools to compare.</summary>
internal static class PublishedJson
{
    public static JsonSerializerOptions Format { get; } = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
