using System.Diagnostics;
using System.Globalization;
using Gateway.Api.Requests;

namespace Gateway.Api.Providers.Bedrock.Replies;

/// <summary>What every chunk of an answer begins with: one id and one time for all of them.</summary>
/// <param name="Id">Made from Bedrock's own id of the request, by which AWS finds it.</param>
/// <param name="Created">In seconds since 1970.</param>
/// <param name="Model">The model that answered.</param>
/// <param name="IsChat">Whether it answers a conversation or completes a text.</param>
internal sealed record ReplyHead(string Id, long Created, string Model, bool IsChat)
{
    private const string RequestId = "x-amzn-requestid";

    public static ReplyHead Of(HttpResponseMessage response, Operation operation, string model, DateTimeOffset now)
    {
        var isChat = operation == Operation.Chat;
        var id = response.Headers.TryGetValues(RequestId, out var ids) ? ids.First() : ActivityTraceId.CreateRandom().ToHexString();
        return new ReplyHead(string.Create(CultureInfo.InvariantCulture, $"{(isChat ? "chatcmpl" : "cmpl")}-{id}"), now.ToUnixTimeSeconds(), model, isChat);
    }
}
