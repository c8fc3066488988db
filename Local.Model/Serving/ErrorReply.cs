using System.Text.Json;
using Local.Model.Requests;

namespace Local.Model.Serving;

/// <summary>Writes a refusal as <c>{"error":{"message","type","param","code"}}</c>.</summary>
internal static class ErrorReply
{
    public static async Task WriteAsync(HttpContext http, Refusal refusal)
    {
        http.Response.StatusCode = refusal.Status;
        http.Response.ContentType = "application/json";
        await using (var json = new Utf8JsonWriter(http.Response.BodyWriter, Json.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("message", refusal.Message);
            json.WriteString("type", refusal.Type);
            json.WriteString("param", refusal.Param);
            json.WriteString("code", refusal.Code);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }
}
