using Gateway.Api.Pipeline;
using Microsoft.Net.Http.Headers;

namespace Gateway.Api.Caching;

/// <summary>
/// What a caller asks of the cache: <c>x-gateway-cache: on | off | refresh</c>, and the directives of <c>Cache-Control</c> that a request may
/// carry (https://www.rfc-editor.org/rfc/rfc9111#section-5.2.1).
/// </summary>
/// <param name="Asks">It asks for a kept answer, whatever its temperature.</param>
/// <param name="Off">Neither a kept answer nor keeping one.</param>
/// <param name="Refresh">A new answer, to be kept in place of the old one.</param>
/// <param name="OnlyIfCached">A kept answer or none.</param>
/// <param name="MaxAge">How old a kept answer may be.</param>
internal readonly record struct CacheDirectives(bool Asks, bool Off, bool Refresh, bool OnlyIfCached, TimeSpan? MaxAge)
{
    public static CacheDirectives Read(GatewayRequest request)
    {
        var headers = request.Http.Request.Headers;
        var directives = headers.CacheControl is { Count: > 0 } sent && CacheControlHeaderValue.TryParse(sent.ToString(), out var control) ? Of(control) : default;
        return headers[GatewayHeaders.Cache] is { Count: > 0 } own ? directives.With(own.ToString(), request) : directives;
    }

    private static CacheDirectives Of(CacheControlHeaderValue control) => new(
        // A browser that reloads says max-age=0; more than that is said by who wants a kept answer.
        Asks: control.OnlyIfCached || control.MaxAge > TimeSpan.Zero,
        Off: control.NoStore,
        Refresh: control.NoCache || control.MaxAge == TimeSpan.Zero,
        control.OnlyIfCached,
        control.MaxAge);

    private CacheDirectives With(string word, GatewayRequest request)
    {
        switch (word)
        {
            case "on":
                return this with { Asks = true };
            case "off":
                return this with { Off = true };
            case "refresh":
                return this with { Asks = true, Refresh = true };
            default:
                request.Warn($"{GatewayHeaders.Cache} is none of on, off and refresh and was ignored");
                return this;
        }
    }
}
