using System.Text.Json;
using Gateway.Api.Grouping;
using Gateway.Api.Providers;
using Gateway.Api.Requests;
using Gateway.Tests.Fuzz.Generation;
using Gateway.Tests.Fuzz.Requests;
using Shouldly;

namespace Gateway.Tests.Fuzz.Answers;

/// <summary>The reply to several requests' inputs: taken apart into as many replies, each JSON, or not at all.</summary>
public sealed class GroupReplyFuzz : ParserFuzz
{
    private static readonly byte[][] Bodies = ["""{"model":"m","input":"a"}"""u8.ToArray(), """{"model":"m","input":["b","c"]}"""u8.ToArray()];

    protected override IReadOnlyList<string> Examples { get; } =
    [
        """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.1]},{"object":"embedding","index":2,"embedding":"AA=="},{"index":1,"embedding":[0.3]}],"model":"m","usage":{"prompt_tokens":8,"total_tokens":8}}""",
        """{"usage":{"prompt_tokens":8},"data":[{"embedding":[1],"index":2},{"embedding":[1],"index":1},{"embedding":[1],"index":0}]}""",
    ];

    protected override IReadOnlyList<string> Words { get; } = ["\"data\":", "\"index\":", "\"usage\":", "\"prompt_tokens\":", "\"index\":1.5", "{\"index\":0}", "[]", "{}"];

    protected override void Check(byte[] input, FuzzRandom random)
    {
        if (!Api.Streaming.AnswerScanner.TryScan(input, out var facts))
        {
            return;
        }

        using var reply = new UpstreamReply(MadeRequest.Target, MadeRequest.Pooled(input), facts);
        var members = Array.ConvertAll(Bodies, body =>
        {
            EmbeddingInput.TryRead(body, out var inputs).ShouldBeTrue();
            return new GroupMember(MadeRequest.Of(body, Operation.Embeddings), inputs);
        });
        foreach (var (part, member) in (GroupReply.Split(reply, members) ?? []).Zip(members))
        {
            using var json = JsonDocument.Parse(part.Body);
            json.RootElement.EnumerateObject().Last(property => DocumentOracle.NameOf(property) == "data").Value.GetArrayLength().ShouldBe(member.Input.Count);
            part.Dispose();
        }

        Array.ForEach(members, member => member.Request.Dispose());
    }
}
