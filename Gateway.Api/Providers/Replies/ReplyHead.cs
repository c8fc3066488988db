using System.Diagnostics;
using System.Text.Json;

namespace Gateway.Api.Providers.Replies;

/// <summary>What an answer in OpenAI's form, and every chunk of a streamed one, begins with: one id and one time for all of them.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Created">In seconds since 1970.</param>
/// <param name="Model">The model that answered.</param>
/// <param name="IsChat">Whether it answers a conversation or completes a text.</param>
internal sealed record ReplyHead(string Id, long Created, string Model, bool IsChat)
{
    /// <summary>What the provider calls the set-up that answered; null where it does not.</summary>
    public string? Fingerprint { get; init; }

    /// <param name="requestId">The provider's own id of the request; null where it has none.</param>
    public static string NewId(bool isChat, string? requestId = null) =>
        $"{(isChat ? "chatcmpl" : "cmpl")}-{requestId ?? ActivityTraceId.CreateRandom().ToHexString()}";

    /// <summary>Begins a whole answer, or a chunk of a streamed one, up to and with the start of its choices.</summary>
    public void WriteStart(Utf8JsonWriter json, bool isChunk = false)
    {
        json.WriteStartObject();
        json.WriteString("id", Id);
        json.WriteString("object", !IsChat ? "text_completion" : isChunk ? "chat.completion.chunk" : "chat.completion");
        json.WriteNumber("created", Created);
        json.WriteString("model", Model);
        if (Fingerprint is not null)
        {
            json.WriteString("system_fingerprint", Fingerprint);
        }

        json.WriteStartArray("choices");
    }
}
