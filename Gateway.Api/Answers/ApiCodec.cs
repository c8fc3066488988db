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

    /// <summary>Comes once the request is admitted, before its targets are called.</summary>
    public virtual ValueTask AdmittedAsync(GatewayRequest request) => default;

    /// <summary>What writes a whole answer.</summary>
    public abstract AnswerWriter NewReply(GatewayRequest request, IBufferWriter<byte> output);

    /// <summary>What writes a stream of server-sent events.</summary>
    public abstract AnswerWriter NewStream(GatewayRequest request, IBufferWriter<byte> output);

    /// <summary>Comes once the writer was told that the answer has ended, or broke, before its last bytes go out.</summary>
    public virtual ValueTask CompleteAsync(GatewayRequest request) => default;
}
