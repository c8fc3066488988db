using System.Text.Json;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers.Bedrock.Models;
using Gateway.Api.Providers.Bedrock.Requests;
using Gateway.Api.Routing;
using Gateway.Api.Telemetry;

namespace Gateway.Api.Providers.Bedrock.Embeddings;

/// <summary>Texts to vectors through InvokeModel: as many calls as the model's dialect makes of the texts, at once, and their order kept.</summary>
internal sealed class EmbeddingCall(BedrockClient client, GatewayMetrics metrics)
{
    public async Task<UpstreamResult> CallAsync(GatewayRequest request, Target target, JsonElement root)
    {
        var translation = new Translation(target.Model, QuirkTable.Of(target.Model));
        var wanted = Read(root, translation);
        if (wanted is null || translation.Refusal is not null)
        {
            return new UpstreamFailure(target, UpstreamFailureKind.Rejected, translation.Refusal!);
        }

        translation.Ignored.ForEach(parameter => metrics.IgnoredParameter(target, parameter));
        var batches = wanted.Batches.ToList();
        var (replies, failure) = await FanOut.RunAsync(batches.Count, AskAsync, request.AttemptCancelled);
        if (failure is not null)
        {
            return failure;
        }

        try
        {
            var vectors = replies.SelectMany(reply => EmbeddingReply.VectorsOf(reply.Root)).ToList();
            if (vectors.Count != wanted.Texts.Count)
            {
                return UpstreamFailure.BadReply(target, $"answered {wanted.Texts.Count} texts with {vectors.Count} vectors.");
            }

            if (!vectors.TrueForAll(EmbeddingReply.IsVector))
            {
                return UpstreamFailure.BadReply(target, "answered with something other than vectors.");
            }

            using var output = new PooledBodyWriter();
            EmbeddingReply.Write(output, target.Model, vectors, replies.Sum(EmbeddingReply.TokensOf), wanted.IsBase64);
            return UpstreamReply.OfWritten(target, output.ToBody(), translation.Warnings);
        }
        finally
        {
            Array.ForEach(replies, reply => reply.Dispose());
        }

        async Task<(ReplyDocument?, UpstreamFailure?)> AskAsync(int index, CancellationToken cancellationToken)
        {
            using var output = new PooledBodyWriter();
            wanted.Write(output, batches[index]);
            using var body = output.ToBody();
            using var response = await client.SendAsync(request, target, BedrockClient.Invoke, body, cancellationToken);
            return response.IsSuccessStatusCode
                ? await ReplyDocument.ReadAsync(response, target, cancellationToken)
                : (null, await client.ReadErrorAsync(response, request, target, cancellationToken));
        }
    }

    private static EmbeddingRequest? Read(JsonElement root, Translation translation)
    {
        try
        {
            return EmbeddingRequest.Read(root, translation);
        }
        catch (InvalidOperationException unreadable) when (unreadable.IsOfText())
        {
            translation.Refuse(Json.NoUnicode);
            return null;
        }
    }
}
