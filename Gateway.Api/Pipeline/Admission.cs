using Gateway.Api.Access;
using Gateway.Api.Configuration;
using Gateway.Api.Experiments;
using Gateway.Api.Limits;
using Gateway.Api.Requests;
using Gateway.Api.Routing;
using Gateway.Api.Tools;
using Microsoft.Net.Http.Headers;

namespace Gateway.Api.Pipeline;

/// <summary>The first half of every request: everything that can refuse it before an upstream is called.</summary>
internal sealed class Admission(LiveConfiguration configuration, Router router, ToolStage tools, ExperimentStage experiments, LimitStage limits)
{
    public async ValueTask<Refusal?> AdmitAsync(GatewayRequest request)
    {
        var refusal = await ResolveAsync(request);
        if (refusal is not null || request.IsAnswered)
        {
            return refusal;
        }

        if (await tools.PrepareAsync(request) is { } unfit)
        {
            return unfit;
        }

        await experiments.ApplyAsync(request);
        return await limits.AdmitAsync(request);
    }

    /// <summary>What of it costs nobody anything: reads the request and finds who would serve it.</summary>
    public async ValueTask<Refusal?> ResolveAsync(GatewayRequest request) =>
        await ReadAsync(request) ?? await TranslateAsync(request) ?? (request.IsAnswered ? null : Scan(request) ?? FindRoute(request));

    private async ValueTask<Refusal?> ReadAsync(GatewayRequest request)
    {
        var http = request.Http.Request;
        if (!IsJson(http.ContentType))
        {
            return Refusal.UnsupportedContentType(http.ContentType);
        }

        var maxBytes = configuration.Current.Limits.MaxRequestBytes;
        request.Body = await PooledBody.ReadAsync(http.Body, http.ContentLength, maxBytes, request.Cancelled);
        return request.Body is null ? Refusal.RequestTooLarge(maxBytes) : null;
    }

    private static ValueTask<Refusal?> TranslateAsync(GatewayRequest request) => request.Codec?.TranslateAsync(request) ?? default;

    private static Refusal? Scan(GatewayRequest request)
    {
        var refusal = RequestScanner.Scan(request.Body!.Span, request.Operation, out var fields);
        request.Fields = fields;
        return refusal;
    }

    private Refusal? FindRoute(GatewayRequest request)
    {
        var alias = request.Fields.Model;
        var bringsToken = Caller.BringsBedrockTokenTo(request.Http);
        request.Route = router.Find(alias, bringsToken);
        if (request.Route is { } route && route.Limits.Request != configuration.Current.Limits.Request)
        {
            request.RenewDeadline(request.TimeLeft);
        }

        return request.Route is null ? (bringsToken && router.Find(alias) is not null ? Refusal.BedrockOnly(alias) : Refusal.ModelNotFound(alias))
            : request.Caller.MayUse(alias) ? null
            : Refusal.ModelNotAllowed(alias);
    }

    private static bool IsJson(string? contentType) =>
        contentType is "application/json"
        || (MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase));
}
