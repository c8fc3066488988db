using System.Text.Json;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Responses.Replies;

/// <summary>Why a response failed, by one of the codes that OpenAI publishes.</summary>
internal sealed record ResponseError(string Code, string Message)
{
    public const string ServerError = "server_error";

    public static ResponseError Of(Refusal refusal) => new(
        refusal.Status switch
        {
            StatusCodes.Status429TooManyRequests => "rate_limit_exceeded",
            StatusCodes.Status400BadRequest => "invalid_prompt",
            _ => ServerError,
        },
        refusal.Message);

    /// <summary>Writes the member <c>error</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("error");
        json.WriteString("code", Code);
        json.WriteString("message", Message);
        json.WriteEndObject();
    }
}
