using System.Text;
using System.Text.Json;
using Gateway.Api.Requests;
using Gateway.Tests.Fuzz.Generation;
using Shouldly;

namespace Gateway.Tests.Fuzz.Requests;

public sealed class RequestScannerFuzz : ParserFuzz
{
    protected override IReadOnlyList<string> Examples { get; } =
    [
        .. RequestExamples.Chat, .. RequestExamples.Completions, .. RequestExamples.Embeddings,
    ];

    protected override IReadOnlyList<string> Words => RequestExamples.Names;

    protected override void Check(byte[] input, FuzzRandom random)
    {
        var operation = RequestExamples.OperationOf(input, random);
        var refusal = RequestScanner.Scan(input, operation, out var fields);
        if (DocumentOracle.Read(input, operation) is not { } expected)
        {
            refusal.ShouldNotBeNull(operation.Name).Status.ShouldBe(400);
            return;
        }

        refusal.ShouldBeNull(operation.Name);
        JsonSerializer.Deserialize<string>(input[fields.ModelValue]).ShouldBe(fields.Model);
        (fields with { ModelValue = default, AskForUsage = null }).ShouldBe(expected, operation.Name);
        if (fields.AskForUsage is { } change)
        {
            ShouldAskForUsage(input, [.. input[..change.Cut.Start], .. change.Replacement.Span, .. input[change.Cut.End..]], operation);
        }
    }

    // The change has one effect and no other.
    private static void ShouldAskForUsage(byte[] before, byte[] after, Operation operation)
    {
        RequestScanner.Scan(after, operation, out var fields).ShouldBeNull(Encoding.UTF8.GetString(after));
        fields.IncludesUsage.ShouldBeTrue(Encoding.UTF8.GetString(after));
        using var old = JsonDocument.Parse(before);
        using var changed = JsonDocument.Parse(after);
        Others(changed).ShouldBe(Others(old));

        static IEnumerable<string> Others(JsonDocument document) =>
            document.RootElement.EnumerateObject().Where(property => DocumentOracle.NameOf(property) != "stream_options").Select(property => property.Value.GetRawText());
    }
}
