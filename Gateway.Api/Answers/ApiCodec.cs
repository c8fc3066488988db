using System.Buffers;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Answers;

/// <summary>
/// An API other than chat, for one request: turns it into a chat completion, which every provider serves, and writes the answer in the
/// API's own form. One is made for each request, so it may keep what the answer is to repeat of it.
/// </summary>
internal abstract class ApiCodec
{
    /// <summary>Puts the chat form of the request into its place, or returns why there is none.</summary>
    public abstract ValueTask<Refusal?> TranslateAsync(GatewayRequest request);

    /// <summary>What writes a whole answer.</summary>
    public abstract AnswerWriter NewReply(GatewayRequest request, IBufferWriter<byte> output);

    /// <summary>What writes a stream of server-sent events.</summary>
    public abstract AnswerWriter NewStream(GatewayRequest request, IBufferWriter<byte> output);
}
