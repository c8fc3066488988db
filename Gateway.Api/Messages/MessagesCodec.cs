using System.Buffers;
using System.Diagnostics;
using Gateway.Api.Answers;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;

namespace Gateway.Api.Messages;

/// <summary>Anthropic's Messages API (https://docs.anthropic.com/en/api/messages), one request of it.</summary>
/// <param name="countsOnly">Whether only its tokens are asked for, so that nothing is said of how long the answer may be.</param>
internal sealed class MessagesCodec(bool countsOnly = false) : ApiCodec
{
    private readonly string _id = $"msg_{ActivityTraceId.CreateRandom()}";

    /// <summary>What of the chat form is pictures, which say nothing of its tokens by their bytes.</summary>
    public PictureCount Pictures { get; private set; }

    public override ValueTask<Refusal?> TranslateAsync(GatewayRequest request)
    {
        AnthropicErrors.NameRequest(request.Http.Response);
        return new ValueTask<Refusal?>(Translate(request));
    }

    public override AnswerWriter NewReply(GatewayRequest request, IBufferWriter<byte> output) => new MessageReply(_id, request, output);

    public override AnswerWriter NewStream(GatewayRequest request, IBufferWriter<byte> output) => new MessageStream(_id, request, output);

    private Refusal? Translate(GatewayRequest request)
    {
        var original = request.Body!;
        if (RequestDocument.TryParse(original, out var document) is { } unreadable)
        {
            return unreadable;
        }

        using var output = new PooledBodyWriter(original.Length + (original.Length / 8));
        using (document)
        using (var draft = new ChatDraft(output))
        {
            try
            {
                var message = new MessagesRequest(document!.RootElement, draft);
                message.Write(countsOnly);
                Pictures = message.Pictures;
            }
            catch (InvalidOperationException noText) when (noText.IsOfText())
            {
                draft.Refuse(Json.NoUnicode);
            }

            if (draft.Refusal is { } refusal)
            {
                return refusal;
            }

            request.Extensions = draft.Extensions;
            foreach (var warning in draft.Warnings)
            {
                request.Warn(warning);
            }
        }

        request.Body = output.ToBody();
        original.Dispose();
        return null;
    }
}
