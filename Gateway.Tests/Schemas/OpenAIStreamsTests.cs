using Shouldly;
using Xunit;

namespace Gateway.Tests.Schemas;

/// <summary>Each rule of a stream is shown one that breaks it.</summary>
public sealed class OpenAIStreamsTests
{
    private static readonly string Role = Chunk("""{"role":"assistant","content":""}""");
    private static readonly string Text = Chunk("""{"content":"Hi"}""");
    private static readonly string Finish = Chunk("{}", "\"stop\"");
    private static readonly string Usage = Frame("", """,{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}""");
    private const string Done = "data: [DONE]\n\n";

    public static TheoryData<string, string> Damaged => new()
    {
        { "no [DONE]", Role + Text + Finish },
        { "[DONE] twice", Role + Text + Finish + Done + Done },
        { "[DONE] before the end", Role + Text + Done + Finish },
        { "no role", Text + Finish + Done },
        { "the role late", Text + Role + Finish + Done },
        { "the role twice", Role + Role + Text + Finish + Done },
        { "no finish reason", Role + Text + Done },
        { "the finish reason twice", Role + Text + Finish + Finish + Done },
        { "text after the finish reason", Role + Finish + Text + Done },
        { "another id", Role + Text.Replace("chatcmpl-1", "chatcmpl-2", StringComparison.Ordinal) + Finish + Done },
        { "another creation time", Role + Text.Replace("\"created\":1", "\"created\":2", StringComparison.Ordinal) + Finish + Done },
        { "a choice too many", Role + Text + Finish + (Role + Finish).Replace("\"index\":0", "\"index\":1", StringComparison.Ordinal) + Done },
        { "a chunk of another kind", Role + Text.Replace("chat.completion.chunk", "chat.completion", StringComparison.Ordinal) + Finish + Done },
        { "an error", Role + Text + """data: {"error":{"message":"No.","type":"upstream_error","param":null,"code":null}}""" + "\n\n" + Done },
        { "a comment", Role + ": still here\n\n" + Text + Finish + Done },
        { "half a frame at the end", Role + Text + Finish + "data: [DONE]" },
        { "usage that nobody asked for", Role + Text + Finish + Usage + Done },
    };

    [Fact]
    public void A_published_stream_fits() => OpenAIStreams.ShouldBeChatStream(Role + Text + Finish + Done).Count.ShouldBe(3);

    [Theory]
    [MemberData(nameof(Damaged))]
    public void A_damaged_stream_is_refused(string damage, string stream) =>
        Should.Throw<ShouldAssertException>(() => OpenAIStreams.ShouldBeChatStream(stream), damage);

    [Fact]
    public void Usage_that_was_asked_for_comes_in_a_last_chunk_without_choices()
    {
        var chunks = (Role + Text + Finish).Replace("}]", """}],"usage":null""", StringComparison.Ordinal);
        var early = Role.Replace("}]", """}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}""", StringComparison.Ordinal);
        OpenAIStreams.ShouldBeChatStream(chunks + Usage + Done, usage: true).Count.ShouldBe(4);
        Should.Throw<ShouldAssertException>(() => OpenAIStreams.ShouldBeChatStream(chunks + Done, usage: true));
        Should.Throw<ShouldAssertException>(() => OpenAIStreams.ShouldBeChatStream(Usage + chunks + Done, usage: true));
        Should.Throw<ShouldAssertException>(() => OpenAIStreams.ShouldBeChatStream(early + Text + Finish + Usage + Done, usage: true));
    }

    private static string Chunk(string delta, string finishReason = "null") =>
        Frame($$"""{"index":0,"delta":{{delta}},"finish_reason":{{finishReason}}}""", "");

    private static string Frame(string choice, string usage) =>
        $$"""data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{{choice}}]{{usage.Replace(",{", ",\"usage\":{", StringComparison.Ordinal)}}}""" + "\n\n";
}
