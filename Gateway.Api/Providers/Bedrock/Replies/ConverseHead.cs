using Gateway.Api.Providers.Replies;
using Gateway.Api.Requests;

namespace Gateway.Api.Providers.Bedrock.Replies;

/// <summary>Makes an answer's head of Converse's: its id is Bedrock's own of the request, by which AWS finds it.</summary>
internal static class ConverseHead
{
    private const string RequestId = "x-amzn-requestid";

    public static ReplyHead Of(HttpResponseMessage response, Operation operation, string model, DateTimeOffset now)
    {
        var isChat = operation == Operation.Chat;
        var id = response.Headers.TryGetValues(RequestId, out var ids) ? ids.First() : null;
        return new ReplyHead(ReplyHead.NewId(isChat, id), now.ToUnixTimeSeconds(), model, isChat);
    }
}
