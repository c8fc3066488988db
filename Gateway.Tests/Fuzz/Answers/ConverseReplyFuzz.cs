using System.Text.Json;
using Gateway.Api;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers.Bedrock.Embeddings;
using Gateway.Api.Providers.Bedrock.Models;
using Gateway.Api.Providers.Bedrock.Replies;
using Gateway.Api.Providers.Bedrock.Requests;
using Gateway.Api.Providers.Bedrock.Streams;
using Gateway.Api.Providers.Replies;
using Gateway.Api.Streaming;
using Gateway.Tests.Fuzz.Generation;
using Shouldly;

namespace Gateway.Tests.Fuzz.Answers;

/// <summary>What Bedrock's Converse and InvokeModel answer with.</summary>
public sealed class ConverseReplyFuzz : ParserFuzz
{
    private static readonly ReplyHead Head = new("id", 1, "m", IsChat: true);

    protected override IReadOnlyList<string> Examples { get; } =
    [
        """{"output":{"message":{"role":"assistant","content":[{"text":"Hé"},{"toolUse":{"toolUseId":"t1","name":"add","input":{"a":1}}},{"reasoningContent":{"reasoningText":{"text":"hm","signature":"s"}}},{"reasoningContent":{"redactedContent":"eHg="}}]}},"stopReason":"tool_use","usage":{"inputTokens":30,"outputTokens":5,"totalTokens":35,"cacheReadInputTokens":3,"cacheWriteInputTokens":1},"metrics":{"latencyMs":7}}""",
        """{"output":{"message":{"content":[{"text":"a"},{"text":"b"}]}},"stopReason":"end_turn"}""",
        """{"embedding":[0.1,-2e-3],"inputTextTokenCount":3}""",
        """{"embeddings":{"float":[[0.1],[1]]}}""",
    ];

    protected override IReadOnlyList<string> Words { get; } = ["\"output\":", "\"message\":", "\"content\":", "\"text\":", "\"toolUse\":", "\"reasoningContent\":", "\"usage\":", "\"stopReason\":", "\"embedding\":", "\"embeddings\":"];

    protected override void Check(byte[] input, FuzzRandom random)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(input);
        }
        catch (JsonException)
        {
            return;
        }

        using (document)
        {
            try
            {
                ReadAnswer(document.RootElement, random.OneIn(3) ? "add" : null);
                ReadVectors(document.RootElement, random.OneIn(2));
            }
            catch (InvalidOperationException noText) when (noText.IsOfText())
            {
                // What the call refuses as text that is none.
            }
        }
    }

    private static void ReadAnswer(JsonElement root, string? answerTool)
    {
        var translation = new Translation("m", QuirkTable.Of("m")) { AnswerTool = answerTool };
        if (ConverseReply.Read(root, translation) is not { } reply)
        {
            return;
        }

        using var output = new PooledBodyWriter();
        ReplyWriter.Write(output, Head, [(reply, translation)]);
        AnswerScanner.TryScan(output.Written.Span, out var facts).ShouldBeTrue(Utf8(output.Written.Span));
        facts.Finishes.ShouldBe(1);
        var chunks = new ChunkWriter(Head, includesUsage: true);
        ReplyReplay.Write(chunks, reply, translation);
        foreach (var frame in Utf8(chunks.Written.Span).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            ChunkScanner.Scan(System.Text.Encoding.UTF8.GetBytes(frame["data: ".Length..]), out _).ShouldBeOneOf(ChunkKind.Content, ChunkKind.Done);
        }
    }

    private static void ReadVectors(JsonElement root, bool isBase64)
    {
        var vectors = EmbeddingReply.VectorsOf(root).ToList();
        if (vectors.TrueForAll(EmbeddingReply.IsVector))
        {
            using var output = new PooledBodyWriter();
            EmbeddingReply.Write(output, "m", vectors, 1, isBase64);
            JsonDocument.Parse(output.Written).Dispose();
        }
    }
}
