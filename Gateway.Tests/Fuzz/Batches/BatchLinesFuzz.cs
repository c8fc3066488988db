using System.Text.Json;
using Gateway.Api.Batches.Lines;
using Gateway.Tests.Fuzz.Generation;
using Gateway.Tests.Fuzz.Requests;
using Shouldly;

namespace Gateway.Tests.Fuzz.Batches;

public sealed class BatchLinesFuzz : ParserFuzz
{
    private const string Endpoint = "/v1/chat/completions";
    private const int Longest = 600;

    protected override IReadOnlyList<string> Examples { get; } =
    [
        $$$"""
        {"custom_id":"a","method":"POST","url":"{{{Endpoint}}}","body":{{{RequestExamples.Hello}}}}
        {"custom_id":"b","method":"POST","url":"{{{Endpoint}}}","body":{}}

        """,
        "\uFEFF{\"custom_id\":\"a\"}\r\n\r\n \n{\"custom_id\":7}",
    ];

    protected override IReadOnlyList<string> Words { get; } = ["\n", "\r\n", "\"custom_id\":", "\"method\":", "\"url\":", "\"body\":", "\"stream\":true", new('x', Longest)];

    protected override void Check(byte[] input, FuzzRandom random)
    {
        var whole = Read(new MemoryStream(input));
        Read(new PiecewiseStream(input, random)).ShouldBe(whole);
        whole.Count.ShouldBe(input.AsSpan().Count((byte)'\n') + (input.Length > 0 && input[^1] != '\n' ? 1 : 0));
    }

    private static List<string> Read(Stream stream)
    {
        var read = new List<string>();
        var lines = LineReader.ReadAsync(stream, Longest, default).GetAsyncEnumerator();
        while (lines.MoveNextAsync().AsTask().GetAwaiter().GetResult())
        {
            var line = BatchLine.Read(lines.Current, Endpoint, Longest);
            if (line.Fault is null)
            {
                JsonDocument.Parse(line.Body).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
                line.CustomId.ShouldNotBeNullOrEmpty();
            }

            read.Add($"{lines.Current.Number} {lines.Current.IsBlank} {line.CustomId} {Utf8(line.Body.Span)} {line.Fault}");
        }

        return read;
    }
}
