using System.Globalization;
using Gateway.Api.Access;
using Gateway.Api.Caching.Flights;
using Gateway.Api.Caching.Semantic;
using Gateway.Api.Flags;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers;
using ServiceDefaults.Usage;

namespace Gateway.Api.Caching;

/// <summary>
/// Answers from what is kept, where the same was asked before; else has the targets called, once for all who ask the same at the time,
/// and the answer kept.
/// </summary>
internal sealed class CacheStage(AnswerCache cache, SingleFlight flights, UpstreamCall upstream, FeatureFlags flags, CacheMetrics metrics, TimeProvider time)
{
    private const string Hit = "hit";
    private const string Miss = "miss";
    private const string Shared = "shared";
    private const string Bypass = "bypass";

    /// <summary>Returns why the request is refused, or null. What memory has of it is in <see cref="GatewayRequest.Kept"/>.</summary>
    public async ValueTask<Refusal?> FindAsync(GatewayRequest request)
    {
        var directives = CacheDirectives.Read(request);
        if (!MayUse(request, directives) || !await flags.IsOnAsync(GatewayFlags.ExactCache, request.Caller) || !RequestFingerprint.TryRead(request, out var key))
        {
            Tell(request, Bypass);
            return directives.OnlyIfCached ? NotKept() : null;
        }

        request.Cache = new CacheUse(key, directives.Refresh, directives.MaxAge);
        var answer = directives.Refresh ? null : cache.FindHere(key);
        if (answer is null && directives is { OnlyIfCached: true, Refresh: false })
        {
            answer = await cache.FindElsewhereAsync(request.Caller.Tenant, key, request.Fields.Stream, request.Cancelled);
        }

        request.Kept = answer is null ? null : Serve(request, new SimilarAnswer(answer));
        if (request.Kept is not null)
        {
            return null;
        }

        request.Http.Response.Headers[GatewayHeaders.Cache] = Miss;
        return directives.OnlyIfCached ? NotKept() : null;
    }

    public async Task<UpstreamResult> CallAsync(GatewayRequest request)
    {
        if (request.Kept is { } kept)
        {
            return kept;
        }

        if (request.Cache is not { } use)
        {
            return await upstream.CallAsync(request);
        }

        var (result, found) = await flights.CallAsync(request, use);
        if (result is null && Serve(request, found!) is { } served)
        {
            return served;
        }

        metrics.Asked(request.Seat is { IsPayer: false } ? Shared : Miss, request.Route!.Alias);
        return result ?? await upstream.CallAsync(request);
    }

    // A caller's own Bedrock token is judged by Bedrock alone: a kept answer would not ask it.
    private static bool MayUse(GatewayRequest request, in CacheDirectives directives) =>
        request.Route!.Cache.IsOn && !directives.Off && (request.Fields.IsDeterministic || directives.Asks) && !Caller.BringsBedrockTokenTo(request.Http);

    /// <summary>Null where the answer is older than the caller will have it, or its target is gone.</summary>
    private UpstreamResult? Serve(GatewayRequest request, SimilarAnswer found)
    {
        var answer = found.Answer;
        var age = answer.AgeAt(time.GetUtcNow());
        var target = request.Route!.Targets.FirstOrDefault(target => target.Name == answer.Target);
        if (target is null || age > request.Cache!.MaxAge)
        {
            return null;
        }

        Tell(request, Hit);
        request.Http.Response.Headers.Age = ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        (request.Target, request.AvoidedBy) = (target, found.Similarity is null ? AvoidedBy.Cache : AvoidedBy.SemanticCache);
        if (found.Similarity is { } similarity)
        {
            request.Warn(string.Create(CultureInfo.InvariantCulture, $"semantic: the answer to a question of the same meaning, similarity {similarity:0.000}"));
        }

        return request.Fields.Stream
            ? UpstreamStream.OfWhole(target, answer.Bytes, answer.Warnings)
            : new UpstreamReply(target, answer.Bytes, owner: null, answer.Facts) { Warnings = answer.Warnings };
    }

    private void Tell(GatewayRequest request, string result)
    {
        request.Http.Response.Headers[GatewayHeaders.Cache] = result;
        metrics.Asked(result, request.Route!.Alias);
    }

    // https://www.rfc-editor.org/rfc/rfc9111#section-5.2.1.7
    private static Refusal NotKept() =>
        new(StatusCodes.Status504GatewayTimeout, "not_cached", "not_cached", "No answer to this request is kept, and Cache-Control: only-if-cached asks for no other.");
}
