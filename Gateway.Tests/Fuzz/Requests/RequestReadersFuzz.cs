using System.Buffers;
using System.Text.Json;
using Gateway.Api.Caching;
using Gateway.Api.Caching.Semantic;
using Gateway.Api.Grouping;
using Gateway.Api.Limits;
using Gateway.Api.PassThrough;
using Gateway.Api.Requests;
using Gateway.Api.Tools;
using Gateway.Tests.Fuzz.Generation;
using Shouldly;

namespace Gateway.Tests.Fuzz.Requests;

/// <summary>Those who read a body that <see cref="RequestScanner"/> has let through, each for what it alone wants to know.</summary>
public sealed class RequestReadersFuzz : ParserFuzz
{
    private const int MostTokens = 3;

    protected override IReadOnlyList<string> Examples { get; } =
    [
        .. RequestExamples.Chat, .. RequestExamples.Completions, .. RequestExamples.Embeddings,
        """{"model":"phi-3-mini","product_context":{"query":"x"},"tool_choice":"none","tools":[],"messages":[{"role":"user","content":"a"}]}""",
    ];

    protected override IReadOnlyList<string> Words => RequestExamples.Names;

    protected override void Check(byte[] input, FuzzRandom random)
    {
        var model = PassThroughModel.Find(new ReadOnlySequence<byte>(input), isWhole: true);
        PassThroughModel.Find(Pieces.Sequence(input, random), isWhole: true).ShouldBe(model);
        PassThroughModel.Find(Pieces.Sequence(input[..random.Below(input.Length + 1)], random), isWhole: false).ShouldBeOneOf(model, PassThroughModel.Unknown);
        var operation = RequestExamples.OperationOf(input, random);
        if (RequestScanner.Scan(input, operation, out var fields) is not null)
        {
            return;
        }

        ShouldBeCapped(input, operation);
        ShouldBeCanonical(input);
        if (operation == Operation.Chat)
        {
            ShouldBeFound(input);
        }
        else if (operation == Operation.Embeddings && EmbeddingInput.TryRead(input, out var inputs))
        {
            (fields.MostChoices % inputs.Count).ShouldBe(0);
            using var items = JsonDocument.Parse((byte[])[(byte)'[', .. input[inputs.Items], (byte)']']);
            items.RootElement.GetArrayLength().ShouldBe(inputs.Count);
        }
    }

    private static void ShouldBeFound(byte[] input)
    {
        var body = ChatBody.Read(input);
        input[body.EndOfMessages].ShouldBe((byte)']');
        foreach (var range in new[] { body.Tools, body.ToolChoice, body.Context, body.LastUserMessage }.OfType<Range>())
        {
            JsonDocument.Parse(input[range]).Dispose();
        }

        if (body.Context is not null)
        {
            JsonDocument.Parse((byte[])[.. input[..body.ContextMember.Start], .. input[body.ContextMember.End..]]).Dispose();
        }

        if (LastQuestion.Read(input) is { } question)
        {
            JsonSerializer.Deserialize<string>(input[question.Value]).ShouldBe(question.Text);
        }
    }

    private static void ShouldBeCapped(byte[] input, Operation operation)
    {
        using var request = MadeRequest.Of(input, operation);
        if (OutputCap.Apply(request, MostTokens))
        {
            RequestScanner.Scan(request.Body!.Span, operation, out var capped).ShouldBeNull(Utf8(request.Body!.Span));
            capped.MaxOutputTokens.ShouldBe(MostTokens, Utf8(request.Body!.Span));
        }
    }

    // Written again by somebody else's hand it is the same.
    private static void ShouldBeCanonical(byte[] input)
    {
        if (Canonical(input) is not { } text || input.AsSpan().IndexOf("\\ud"u8) >= 0)
        {
            return;
        }

        using var document = JsonDocument.Parse(input);
        var written = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(written, new JsonWriterOptions { Indented = true }))
        {
            document.WriteTo(json);
        }

        Canonical(written.WrittenSpan).ShouldBe(text);
    }

    private static string? Canonical(ReadOnlySpan<byte> body)
    {
        using var text = new CanonicalText(body.Length);
        return new CanonicalBody(body, text).TryWrite() ? Convert.ToHexString(text.Written) : null;
    }
}
