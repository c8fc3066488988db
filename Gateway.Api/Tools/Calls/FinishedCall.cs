using System.Text.Json;
using Gateway.Api.Tools.Products;

namespace Gateway.Api.Tools.Calls;

/// <summary>A call of a tool that has been made, or was not.</summary>
/// <param name="Call">What the model wanted.</param>
/// <param name="Text">What it is told.</param>
internal sealed record FinishedCall(PendingCall Call, string Text)
{
    /// <summary>The server as the caller calls it; null where the model has invented the tool.</summary>
    public string? Server => Call.Tool?.Label;

    public TimeSpan Duration { get; init; }

    /// <summary>Why there is no result, or what the tool says to be wrong; null where all went well.</summary>
    public string? Error { get; init; }

    /// <summary>The request for approval that came before it; null where none did.</summary>
    public string? ApprovalId => Call.ApprovalId;

    /// <summary>The products in its result.</summary>
    public IReadOnlyList<FoundProduct> Products { get; init; } = [];

    /// <summary><c>{"server":"products","tool":"search_catalog","arguments":{…},"duration_ms":1.2}</c>, with <c>error</c> where there is one.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("server", Server);
        json.WriteString("tool", Call.ToolName);
        if (Call.Arguments() is { } arguments)
        {
            json.WritePropertyName("arguments");
            arguments.WriteTo(json);
        }
        else
        {
            json.WriteNull("arguments");
        }

        json.WriteNumber("duration_ms", Math.Round(Duration.TotalMilliseconds, 3));
        if (Error is not null)
        {
            json.WriteString("error", Error);
        }

        json.WriteEndObject();
    }
}
