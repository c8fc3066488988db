using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Configuration.Documents;
using Gateway.Tests.Fuzz.Generation;
using Shouldly;

namespace Gateway.Tests.Fuzz.Configuration;

/// <summary>Merge patches against the pseudo-code of RFC 7396, section 2, done on plain values.</summary>
public sealed class MergePatchFuzz : ParserFuzz
{
    protected override IReadOnlyList<string> Examples { get; } =
    [
        """{"target":{"a":"b","c":{"d":"e","f":"g"},"h":[1]},"patch":{"a":"z","c":{"f":null},"h":{"x":null,"y":1}}}""",
        """{"target":{"a":{"b":"c"}},"patch":{"a":{"b":"d","c":null},"e":[null,{"x":null}]}}""",
    ];

    protected override IReadOnlyList<string> Words { get; } = ["\"a\":", "\"c\":", "\"target\":", "\"patch\":", "null", "{}"];

    protected override void Check(byte[] input, FuzzRandom random)
    {
        JsonNode? read = null;
        try
        {
            read = System.Text.Unicode.Utf8.IsValid(input) ? JsonNode.Parse(input, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) : null;
            _ = read?.ToJsonString();
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or ArgumentException)
        {
            return;
        }

        if (read is JsonObject both && both["patch"] is JsonObject patch)
        {
            var before = patch.ToJsonString();
            var expected = Merge(Plain(both["target"]), Plain(patch));
            var merged = MergePatch.Apply(both["target"]?.DeepClone(), patch);
            Text(Plain(merged)).ShouldBe(Text(expected));
            patch.ToJsonString().ShouldBe(before);
        }
    }

    private static object? Merge(object? target, object? patch)
    {
        if (patch is not Dictionary<string, object?> changes)
        {
            return patch;
        }

        var merged = target is Dictionary<string, object?> old ? new Dictionary<string, object?>(old) : [];
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                merged.Remove(name);
            }
            else
            {
                merged[name] = Merge(merged.GetValueOrDefault(name), value);
            }
        }

        return merged;
    }

    private static object? Plain(JsonNode? node) => node switch
    {
        JsonObject members => members.ToDictionary(member => member.Key, member => Plain(member.Value)),
        JsonArray items => items.Select(Plain).ToList(),
        null => null,
        _ => node.ToJsonString(),
    };

    private static string Text(object? plain) => plain switch
    {
        Dictionary<string, object?> members => $"{{{string.Join(',', members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => $"{member.Key}:{Text(member.Value)}"))}}}",
        List<object?> items => $"[{string.Join(',', items.Select(Text))}]",
        null => "null",
        _ => (string)plain,
    };
}
