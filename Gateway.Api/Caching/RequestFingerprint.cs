using Gateway.Api.Pipeline;

namespace Gateway.Api.Caching;

/// <summary>
/// Works out the key of a request's answer: SHA-256 over version, operation, tenant, alias, the alias's targets, whether it is streamed
/// and with its usage, and the body in canonical form. Every part is preceded by its length, so that no two requests look the same.
/// </summary>
internal static class RequestFingerprint
{
    private const byte Version = 1;
    private const byte WithoutQuestion = 8;

    /// <summary>False where the body has no canonical form, or what it asks for is more than an answer.</summary>
    public static bool TryRead(GatewayRequest request, out CacheKey key) => TryRead(request, request.Body!.Span, mark: 0, out key);

    /// <summary>The key of all but the question.</summary>
    /// <param name="request">The request.</param>
    /// <param name="question">Where the question stands in the body; a value.</param>
    /// <param name="key">The key.</param>
    public static bool TryRead(GatewayRequest request, Range question, out CacheKey key)
    {
        var body = request.Body!.Span;
        return TryRead(request, (byte[])[.. body[..question.Start], .. "0"u8, .. body[question.End..]], WithoutQuestion, out key);
    }

    private static bool TryRead(GatewayRequest request, ReadOnlySpan<byte> body, byte mark, out CacheKey key)
    {
        using var text = new CanonicalText(body.Length + (body.Length / 2));
        text.Write(Version);
        text.Write(request.Operation.Path);
        text.Write(request.Caller.Tenant);
        text.Write(request.Route!.Identity);
        text.Write((byte)((request.Fields.Stream ? 1 : 0) | (request.Fields.IncludesUsage ? 2 : 0) | (request.Codec is null ? 0 : 4) | mark));
        if (!new CanonicalBody(body, text).TryWrite())
        {
            key = default;
            return false;
        }

        key = CacheKey.HashOf(text);
        return true;
    }
}
