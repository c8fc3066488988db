using System.Security.Cryptography;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Caching;

/// <summary>
/// Works out the key of a request's answer: SHA-256 over version, operation, tenant, alias, the alias's targets, whether it is streamed
/// and with its usage, and the body in canonical form. Every part is preceded by its length, so that no two requests look the same.
/// </summary>
internal static class RequestFingerprint
{
    private const byte Version = 1;

    /// <summary>False where the body has no canonical form, or what it asks for is more than an answer.</summary>
    public static bool TryRead(GatewayRequest request, out CacheKey key)
    {
        using var text = new CanonicalText(request.Body!.Length + (request.Body.Length / 2));
        text.Write(Version);
        text.Write(request.Operation.Path);
        text.Write(request.Caller.Tenant);
        text.Write(request.Route!.Identity);
        text.Write((byte)((request.Fields.Stream ? 1 : 0) | (request.Fields.IncludesUsage ? 2 : 0) | (request.Codec is null ? 0 : 4)));
        if (!new CanonicalBody(request.Body.Span, text).TryWrite())
        {
            key = default;
            return false;
        }

        Span<byte> hash = stackalloc byte[CacheKey.Bytes];
        SHA256.HashData(text.Written, hash);
        key = CacheKey.Of(hash);
        return true;
    }
}
