using System.Text.Json;
using Gateway.Api.Metering;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers;
using Gateway.Api.Requests;
using Gateway.Api.Routing;

namespace Gateway.Api.Caching.Semantic;

/// <summary>Asks an alias for the embedding of a question, as a request of its own under the caller's key.</summary>
internal sealed partial class QuestionEmbedder(Router router, UpstreamCall upstream, UsageMeter meter, TimeProvider time, ILogger<QuestionEmbedder> logger)
{
    /// <summary>An answer that has to be made anyway is not kept waiting for longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>A vector of length 1; null where there is none to be had.</summary>
    public async Task<float[]?> EmbedAsync(GatewayRequest asked, string alias, string text)
    {
        if (router.Find(alias) is not { } route)
        {
            return null;
        }

        var http = new DefaultHttpContext { User = asked.Http.User, TraceIdentifier = $"{asked.Http.TraceIdentifier}-question", RequestAborted = asked.Cancelled };
        using var output = new PooledBodyWriter();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("model", alias);
            json.WriteString("input", text);
            json.WriteEndObject();
        }

        using var request = new GatewayRequest(http, Operation.Embeddings, Patience, time) { Body = output.ToBody(), Route = route, IsBatch = asked.IsBatch };
        RequestScanner.Scan(request.Body.Span, request.Operation, out var fields);
        request.Fields = fields;
        try
        {
            using var result = await upstream.CallAsync(request);
            if (result is UpstreamReply reply)
            {
                (request.FirstByte, var vector) = (time.GetTimestamp(), VectorOf(reply.Body.Span));
                request.Progress.Add(reply.Facts);
                await meter.SettleAsync(request, Outcome.Ok);
                return vector is not null && UnitVector.TryNormalize(vector) ? vector : null;
            }

            var failure = ((UpstreamFailure)result).Refusal;
            await meter.SettleAsync(request, Outcome.Failed(failure));
            LogFailed(alias, failure.Message);
        }
        catch (OperationCanceledException) when (!asked.Cancelled.IsCancellationRequested)
        {
            await meter.SettleAsync(request, Outcome.Cancelled);
            LogFailed(alias, $"It took longer than {Patience.TotalSeconds} s.");
        }

        return null;
    }

    // {"data":[{"embedding":[0.1,…]}]}
    private static float[]? VectorOf(ReadOnlySpan<byte> reply)
    {
        var json = new Utf8JsonReader(reply);
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName || !json.Is("embedding"u8))
            {
                continue;
            }

            json.Read();
            var vector = new List<float>(1024);
            while (json.TokenType == JsonTokenType.StartArray || json.TokenType == JsonTokenType.Number)
            {
                json.Read();
                if (json.TokenType == JsonTokenType.Number)
                {
                    vector.Add(json.TryGetSingle(out var part) ? part : 0);
                }
            }

            return vector.Count > 0 ? [.. vector] : null;
        }

        return null;
    }

    [LoggerMessage(LogLevel.Warning, "What a question means could not be asked of {Alias}, and it is answered anew: {Reason}")]
    private partial void LogFailed(string alias, string reason);
}
