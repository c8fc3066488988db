using Gateway.Api;
using Gateway.Api.Messages;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;
using Gateway.Tests.Fuzz.Generation;
using Shouldly;

namespace Gateway.Tests.Fuzz.Requests;

/// <summary>Anthropic's requests: refused, or a chat request that the scanner takes but for what it alone looks at.</summary>
public sealed class MessagesFuzz : ParserFuzz
{
    internal static readonly IReadOnlyList<string> Requests =
    [
        """{"model":"m","max_tokens":100,"messages":[{"role":"user","content":"Hello"}],"stream":true,"system":"Be brief.","stop_sequences":["END"],"temperature":0.5,"top_p":0.9,"metadata":{"user_id":"u1"},"service_tier":"standard_only","top_k":5}""",
        """{"model":"m","max_tokens":9,"messages":[{"role":"user","content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AA=="}}]},{"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"s1"},{"type":"redacted_thinking","data":"eHg="},{"type":"tool_use","id":"t1","name":"add","input":{"a":1}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":[{"type":"text","text":"4"}],"is_error":true}]}]}""",
        """{"model":"m","max_tokens":9,"system":[{"type":"text","text":"Be brief."}],"thinking":{"type":"enabled","budget_tokens":3000},"tools":[{"name":"add","description":"Adds.","input_schema":{"type":"object"}},{"type":"custom","name":"now","input_schema":{"type":"object"},"strict":true}],"tool_choice":{"type":"tool","name":"add","disable_parallel_tool_use":true},"messages":[{"role":"user","content":"x"}]}""",
    ];

    protected override IReadOnlyList<string> Examples => Requests;

    protected override IReadOnlyList<string> Words { get; } = ["\"type\":", "\"text\"", "\"content\":", "\"tool_use\"", "\"tool_result\"", "\"image\"", "\"source\":", "\"thinking\"", "\"input\":", "\"cache_control\":", "\"max_tokens\":"];

    protected override int Slowness => 2;

    protected override void Check(byte[] input, FuzzRandom random)
    {
        using var body = MadeRequest.Pooled(input);
        if (RequestDocument.TryParse(body, out var document) is not null)
        {
            return;
        }

        using (document)
        {
            using var output = new PooledBodyWriter();
            using var draft = new ChatDraft(output);
            try
            {
                new MessagesRequest(document!.RootElement, draft).Write(countsOnly: random.OneIn(4));
            }
            catch (InvalidOperationException noText) when (noText.IsOfText())
            {
                return;
            }

            draft.Json.Flush();
            if (draft.Refusal is { } refusal)
            {
                refusal.Status.ShouldBe(400);
                return;
            }

            var chat = output.Written.Span;
            MadeRequest.ShouldBeTaken(chat);
            ShouldLeaveJson(chat, draft.Extensions);
        }
    }

    private static void ShouldLeaveJson(ReadOnlySpan<byte> chat, ChatExtensions? extensions)
    {
        var kept = new List<byte>();
        var rest = 0;
        foreach (var cut in extensions?.Cuts ?? [])
        {
            kept.AddRange(chat[rest..cut.Start.Value]);
            rest = cut.End.Value;
        }

        byte[] whole = [.. kept, .. chat[rest..]];
        MadeRequest.ShouldBeTaken(whole);
    }
}
