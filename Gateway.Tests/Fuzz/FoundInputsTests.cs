using System.Buffers;
using System.Text;
using System.Text.Json;
using Cost.Worker.Intake;
using Cost.Worker.Ledger.Files;
using Gateway.Api;
using Gateway.Api.Batches.Lines;
using Gateway.Api.Caching.Semantic;
using Gateway.Api.Grouping;
using Gateway.Api.Providers;
using Gateway.Api.Providers.Bedrock;
using Gateway.Api.Requests;
using Gateway.Api.Streaming;
using Gateway.Tests.Fuzz.Requests;
using Gateway.Tests.Fuzz.Usage;
using Mcp.Products.Feeds;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Fuzz;

/// <summary>What generated inputs broke, each at its smallest.</summary>
public sealed class FoundInputsTests
{
    private const string HalfAPair = "\\ud800";

    [Theory]
    [InlineData("""{"model":"phi\ud800","messages":[{"role":"user"}]}""")]
    public void A_model_whose_escapes_make_no_text_is_refused(string body) => ScanChat(body, out _).ShouldBe(Json.NoUnicode);

    [Theory]
    [InlineData("""{"mod\ud800el":1,"model":"m","messages":[{"role":"user","ro\ud800le":1}]}""")]
    public void A_name_whose_escapes_make_no_text_is_one_that_nobody_knows(string body) => ScanChat(body, out _).ShouldBeNull();

    [Theory]
    [InlineData("""{"model":null,"model":"m","messages":[{"role":"user"}]}""", "model")]
    [InlineData("""{"model":"m","messages":null,"messages":[{"role":"user"}]}""", "messages")]
    public void What_stands_twice_is_refused_though_the_first_is_null(string body, string param) =>
        (ScanChat(body, out _)?.Param, ScanChat(body, out _)?.Code).ShouldBe((param, "duplicate_parameter"));

    [Theory]
    [InlineData("""{"a":[1]}""")]
    [InlineData("""[true]""")]
    public void A_wish_for_usage_that_is_no_boolean_is_replaced_as_a_whole(string value)
    {
        var body = $$$"""{"model":"m","stream":true,"messages":[{"role":"user"}],"stream_options":{"include_usage":{{{value}}},"x":1}}""";

        ScanChat(body, out var fields).ShouldBeNull();

        var change = fields.AskForUsage!.Value;
        (body[..change.Cut.Start] + Encoding.UTF8.GetString(change.Replacement.Span) + body[change.Cut.End..])
            .ShouldBe("""{"model":"m","stream":true,"messages":[{"role":"user"}],"stream_options":{"include_usage":true,"x":1}}""");
    }

    [Fact]
    public void Of_two_stream_options_and_two_temperatures_the_last_counts()
    {
        ScanChat("""{"model":"m","stream":true,"temperature":0,"messages":[{"role":"user"}],"stream_options":{"include_usage":true},"stream_options":{},"temperature":1}""", out var fields).ShouldBeNull();

        (fields.IncludesUsage, fields.AskForUsage is null, fields.IsDeterministic).ShouldBe((false, false, false));
    }

    [Fact]
    public void Many_answers_to_many_prompts_are_not_fewer_than_none()
    {
        RequestScanner.Scan("""{"model":"m","prompt":["a","b"],"best_of":9223372036854775807}"""u8, Operation.Completions, out var fields).ShouldBeNull();

        fields.MostChoices.ShouldBe(long.MaxValue);
    }

    [Theory]
    [InlineData("""{"choi\ud800ces":1,"choices":[{"finish_reason":"st\ud800op","delta":{"con\ud800tent":"x","content":"y"}}]}""")]
    public void A_chunk_with_half_a_surrogate_pair_is_a_chunk(string data)
    {
        ChunkScanner.Scan(Encoding.UTF8.GetBytes(data), out var facts).ShouldBe(ChunkKind.Content);

        (facts.Finishes, facts.OutputBytes).ShouldBe((1, 1));
    }

    [Theory]
    [InlineData("""{"error":{"message":"\ud800"}}""")]
    [InlineData("""{"message":"\ud800"}""")]
    [InlineData("""{"err\ud800or":{}}""")]
    public void An_error_whose_words_make_no_text_is_an_error(string body)
    {
        ProviderError.Read(Encoding.UTF8.GetBytes(body)).Message.ShouldNotBeEmpty();
        using var response = new HttpResponseMessage();
        BedrockError.Read(response, Encoding.UTF8.GetBytes(body)).Message.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_document_with_a_name_that_makes_no_text_is_refused()
    {
        using var body = MadeRequest.Pooled(Encoding.UTF8.GetBytes($"{{\"m{HalfAPair}\":1}}"));

        RequestDocument.TryParse(body, out _).ShouldBe(Json.NoUnicode);
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    public void A_number_beyond_all_numbers_is_refused(string number)
    {
        using var document = JsonDocument.Parse($$"""{"temperature":{{number}}}""");
        var notes = new RequestNotes("m");

        notes.Number(document.RootElement, "temperature").ShouldBeNull();

        notes.Refusal?.Param.ShouldBe("temperature");
    }

    [Fact]
    public void A_question_that_makes_no_text_is_none() =>
        LastQuestion.Read(Encoding.UTF8.GetBytes($$"""{"messages":[{"role":"user","content":"{{HalfAPair}}"}]}""")).ShouldBeNull();

    [Theory]
    [InlineData("""{"data":[{"index":1.5},{"index":1}]}""")]
    [InlineData("""{"data":[{"index":0}],"data":[{"index":1}]}""")]
    [InlineData("""{"data":[{"index":0},{"index":1},7]}""")]
    public void A_reply_to_a_group_that_does_not_number_its_vectors_is_not_taken_apart(string reply)
    {
        var body = """{"model":"m","input":["a","b"]}"""u8;
        using var request = MadeRequest.Of(body, Operation.Embeddings);
        EmbeddingInput.TryRead(body, out var input).ShouldBeTrue();
        using var whole = new UpstreamReply(MadeRequest.Target, MadeRequest.Pooled(Encoding.UTF8.GetBytes(reply)), default);

        GroupReply.Split(whole, [new GroupMember(request, input)]).ShouldBeNull();
    }

    [Fact]
    public async Task A_last_line_that_is_too_long_and_has_no_end_is_told_of()
    {
        var lines = new List<RawLine>();
        await foreach (var line in LineReader.ReadAsync(new MemoryStream(new byte[200]), longest: 100, TestContext.Current.CancellationToken))
        {
            lines.Add(line);
        }

        lines.ShouldHaveSingleItem().Bytes.ShouldBeNull();
    }

    [Fact]
    public void An_empty_piece_of_a_stream_ends_no_line()
    {
        var start = new Piece(default, 0);
        var end = start.Append("\r\ndata: x\r\n\r\n"u8.ToArray());
        var buffer = new ReadOnlySequence<byte>(start, 0, end, end.Memory.Length);

        default(SseFrameCutter).TryCut(ref buffer, out var frame).ShouldBeTrue();

        frame.Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    public void A_product_whose_rating_is_beyond_all_numbers_is_left_out(string rating)
    {
        var faults = new List<RowFault>();
        using var feed = new MemoryStream(Encoding.UTF8.GetBytes($"id,title,price,availability,star_rating\np1,Mug,1 USD,in_stock,{rating}\n"));

        new FeedImport(FeedReader.Read(feed, FeedFormat.Csv, FeedSettings.Default), faults.Add).Products().ShouldBeEmpty();

        faults.ShouldHaveSingleItem().ToString().ShouldContain("rating");
    }

    [Fact]
    public void A_feed_whose_XML_declaration_is_no_UTF8_is_refused()
    {
        using var feed = new MemoryStream([.. "<?xml version=\"1.0"u8, 0xf0, 0x9f, 0x98, .. "\"?><rss xmlns:g=\"http://base.google.com/ns/1.0\"><channel><title\u001eSh"u8, 0xff, .. "op</title><item>"u8]);

        Should.Throw<InvalidDataException>(() => FeedReader.Read(feed, FeedFormat.MerchantXml, FeedSettings.Default).ToList());
    }

    [Fact]
    public void A_sum_that_no_number_can_hold_is_damage() =>
        Should.Throw<FormatException>(() => RollUpText.Read("{\"status\":\"ok\",\"requests\":170141183460469231731687303715884105728}"u8, new DateOnly(2026, 11, 21), new NamePool()));

    [Fact]
    public void An_event_with_a_reason_that_nobody_knows_is_put_aside()
    {
        var batch = UsageExamples.Batch.Replace("\"attempts\":1", "\"avoided_by\":77", StringComparison.Ordinal);

        var read = BatchReader.Read(Encoding.UTF8.GetBytes(batch));

        (read.Events.Count, read.Aside.Count).ShouldBe((1, 1));
    }

    private static Api.Pipeline.Refusal? ScanChat(string body, out RequestFields fields) => RequestScanner.Scan(Encoding.UTF8.GetBytes(body), Operation.Chat, out fields);

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long runningIndex) => (Memory, RunningIndex) = (memory, runningIndex);

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
