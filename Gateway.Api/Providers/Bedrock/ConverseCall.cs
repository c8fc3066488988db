using System.Text.Json;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers.Bedrock.Models;
using Gateway.Api.Providers.Bedrock.Replies;
using Gateway.Api.Providers.Bedrock.Requests;
using Gateway.Api.Providers.Bedrock.Streams;
using Gateway.Api.Providers.Replies;
using Gateway.Api.Requests;
using Gateway.Api.Routing;
using Gateway.Api.Streaming;
using Gateway.Api.Telemetry;

namespace Gateway.Api.Providers.Bedrock;

/// <summary>A conversation or a text through Converse, whole or streamed.</summary>
internal sealed class ConverseCall(BedrockClient client, bool fetchesImages, GatewayMetrics metrics, BedrockLog log, TimeProvider time)
{
    private const string EventStream = "application/vnd.amazon.eventstream";

    /// <param name="root">The request; valid for as long as this runs.</param>
    public async Task<UpstreamResult> CallAsync(GatewayRequest request, Target target, JsonElement root)
    {
        var fetched = fetchesImages ? await ImageFetcher.FetchAsync(root, request.AttemptCancelled) : FetchedImages.None;
        if (fetched.Refusal is not null)
        {
            return Rejected(target, fetched.Refusal);
        }

        JsonElement?[] prompts = request.Operation == Operation.Chat ? [null] : [.. PromptsOf(root)];
        if (request.Fields.Stream && prompts.Length > 1)
        {
            return Rejected(target, Refusal.InvalidRequest($"'prompt' holds {prompts.Length} texts; {target.Model} streams one at a time.", "prompt"));
        }

        var translations = prompts.Select(_ => new Translation(target.Model, QuirkTable.Of(target.Model)) { Images = fetched.Images }).ToArray();
        var bodies = new PooledBody?[prompts.Length];
        try
        {
            for (var i = 0; i < prompts.Length; i++)
            {
                bodies[i] = Translate(root, prompts[i], translations[i]);
                if (translations[i].Refusal is { } refusal)
                {
                    return Rejected(target, refusal);
                }
            }

            translations[0].Ignored.ForEach(parameter => metrics.IgnoredParameter(target, parameter));
            var streams = request.Fields.Stream && (translations[0].Quirks.StreamsToolCalls || !translations[0].HasTools);
            return streams ? await StreamAsync(request, target, bodies[0]!, translations[0]) : await AnswerAsync(request, target, bodies, translations);
        }
        finally
        {
            Array.ForEach(bodies, body => body?.Dispose());
        }
    }

    private static UpstreamFailure Rejected(Target target, Refusal refusal) => new(target, UpstreamFailureKind.Rejected, refusal);

    private static IEnumerable<JsonElement?> PromptsOf(JsonElement root)
    {
        var prompt = root.GetProperty("prompt");
        return prompt.ValueKind == JsonValueKind.Array && prompt[0].ValueKind != JsonValueKind.Number
            ? prompt.EnumerateArray().Select(each => (JsonElement?)each)
            : [prompt];
    }

    private static PooledBody Translate(JsonElement root, JsonElement? prompt, Translation translation)
    {
        using var output = new PooledBodyWriter();
        try
        {
            if (prompt is { } text)
            {
                ConverseRequest.WriteCompletion(output, root, text, translation);
            }
            else
            {
                ConverseRequest.WriteChat(output, root, translation);
            }
        }
        catch (InvalidOperationException unreadable) when (unreadable.IsOfText())
        {
            translation.Refuse(Json.NoUnicode);
        }

        return output.ToBody();
    }

    private async Task<UpstreamResult> AnswerAsync(GatewayRequest request, Target target, PooledBody?[] bodies, Translation[] translations)
    {
        ReplyHead? head = null;
        var (documents, failure) = await FanOut.RunAsync(bodies.Length, AskAsync, request.AttemptCancelled);
        if (failure is not null)
        {
            return failure;
        }

        try
        {
            var replies = documents.Select((document, index) => (Reply: ConverseReply.Read(document.Root, translations[index]), Translation: translations[index])).ToList();
            if (replies.Any(each => each.Reply is null))
            {
                return UpstreamFailure.BadReply(target, "answered without an output.");
            }

            return request.Fields.Stream ? await ReplayAsync(request, target, head!, replies[0].Reply!, translations[0]) : Whole(target, head!, replies);
        }
        catch (InvalidOperationException unreadable) when (unreadable.IsOfText())
        {
            return UpstreamFailure.BadReply(target, "answered with text that is no Unicode.");
        }
        finally
        {
            Array.ForEach(documents, document => document.Dispose());
        }

        async Task<(ReplyDocument?, UpstreamFailure?)> AskAsync(int index, CancellationToken cancellationToken)
        {
            using var response = await client.SendAsync(request, target, BedrockClient.Converse, bodies[index]!, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return (null, await client.ReadErrorAsync(response, request, target, cancellationToken));
            }

            head ??= ConverseHead.Of(response, request.Operation, target.Model, time.GetUtcNow());
            return await ReplyDocument.ReadAsync(response, target, cancellationToken);
        }
    }

    private UpstreamReply Whole(Target target, ReplyHead head, List<(ConverseReply? Reply, Translation Translation)> replies)
    {
        using var output = new PooledBodyWriter();
        var whole = replies.Select(each => (Reply: each.Reply!, each.Translation)).ToList();
        foreach (var (reply, translation) in whole)
        {
            if (StopReasons.Find(reply.StopReason) is null)
            {
                log.UnknownStopReason(translation.Model, reply.StopReason);
            }
        }

        ReplyWriter.Write(output, head, whole);
        return UpstreamReply.OfWritten(target, output.ToBody(), replies[0].Translation.Warnings);
    }

    // The whole answer of a model that streams no tools, as a stream.
    private static async Task<UpstreamResult> ReplayAsync(GatewayRequest request, Target target, ReplyHead head, ConverseReply reply, Translation translation)
    {
        var chunks = new ChunkWriter(head, translation.IncludesUsage);
        ReplyReplay.Write(chunks, reply, translation);
        var body = new MemoryStream(chunks.Written.ToArray(), writable: false);
        var (stream, _, _) = await UpstreamStream.OpenAsync(target, body, body, translation.Warnings, request.AttemptCancelled);
        return stream;
    }

    private async Task<UpstreamResult> StreamAsync(GatewayRequest request, Target target, PooledBody body, Translation translation)
    {
        HttpResponseMessage? response = null;
        try
        {
            response = await client.SendAsync(request, target, BedrockClient.ConverseStream, body, request.AttemptCancelled);
            var result = !response.IsSuccessStatusCode ? await client.ReadErrorAsync(response, request, target, request.AttemptCancelled)
                : response.Content.Headers.ContentType?.MediaType != EventStream ? UpstreamFailure.BadReply(target, "was asked for a stream and answered with something else.")
                : await OpenStreamAsync(response, request, target, translation);
            response = result is UpstreamStream ? null : response;
            return result;
        }
        finally
        {
            response?.Dispose();
        }
    }

    private async Task<UpstreamResult> OpenStreamAsync(HttpResponseMessage response, GatewayRequest request, Target target, Translation translation)
    {
        var chunks = new ChunkWriter(ConverseHead.Of(response, request.Operation, target.Model, time.GetUtcNow()), translation.IncludesUsage);
        var translator = new EventTranslator(translation, chunks, log);
        var events = new ConverseStream(await response.Content.ReadAsStreamAsync(request.AttemptCancelled), translator, chunks, error => client.FailureOf(error, request, target));
        if (await events.BeginAsync(request.AttemptCancelled) is { } error)
        {
            return client.FailureOf(error, request, target);
        }

        var (stream, first, _) = await UpstreamStream.OpenAsync(target, events, response, translation.Warnings, request.AttemptCancelled);
        if (first == ChunkKind.Content)
        {
            return stream;
        }

        stream.Dispose();
        return UpstreamFailure.BadReply(target, "ended its stream before it had begun.");
    }
}
