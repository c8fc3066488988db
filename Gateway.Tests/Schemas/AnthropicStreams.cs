using System.Text;
using System.Text.Json.Nodes;
using Shouldly;

namespace Gateway.Tests.Schemas;

/// <summary>
/// Checks a whole stream of the Messages API: each event by its schema, its name and its place, and puts the message together as
/// Anthropic's clients do. <c>message_start</c>, each block's start, deltas and stop, one block after the other, <c>message_delta</c>,
/// <c>message_stop</c>; pings anywhere between.
/// </summary>
public static class AnthropicStreams
{
    public static JsonObject ShouldBeMessage(string body)
    {
        var events = EventsOf(body);
        events[0].Name.ShouldBe("message_start", body);
        events[^2].Name.ShouldBe("message_delta", body);
        events[^1].Name.ShouldBe("message_stop", body);
        var message = events[0].Data["message"]!.DeepClone().AsObject();
        message["content"]!.AsArray().Count.ShouldBe(0, body);
        message["stop_reason"].ShouldBeNull(body);
        AddBlocks(message["content"]!.AsArray(), events[1..^2], body);
        message["stop_reason"] = events[^2].Data["delta"]!["stop_reason"]!.DeepClone();
        message["stop_sequence"] = events[^2].Data["delta"]!["stop_sequence"]?.DeepClone();
        message["usage"] = events[^2].Data["usage"]!.DeepClone();
        return AnthropicSchemas.ShouldBeMessage(message.ToJsonString());
    }

    /// <summary>The events in their order, each checked by its schema and named as it says itself.</summary>
    public static List<(string Name, JsonObject Data)> EventsOf(string body)
    {
        body.ShouldEndWith("\n\n");
        return [.. body.Split("\n\n")[..^1].Select(Read)];
    }

    private static (string Name, JsonObject Data) Read(string frame)
    {
        var lines = frame.Split('\n');
        lines.Length.ShouldBe(2, frame);
        lines[0].ShouldStartWith("event: ");
        lines[1].ShouldStartWith("data: ");
        var (name, json) = (lines[0]["event: ".Length..], lines[1]["data: ".Length..]);
        var data = name == "error" ? AnthropicSchemas.ShouldBeError(json) : AnthropicSchemas.ShouldBeEvent(json);
        ((string)data["type"]!).ShouldBe(name);
        return (name, data);
    }

    private static void AddBlocks(JsonArray content, IEnumerable<(string Name, JsonObject Data)> events, string body)
    {
        var isOpen = false;
        var input = new StringBuilder();
        foreach (var (name, data) in events.Where(each => each.Name != "ping"))
        {
            name.ShouldBeOneOf(isOpen ? ["content_block_delta", "content_block_stop"] : ["content_block_start"]);
            if (name == "content_block_start")
            {
                content.Add(data["content_block"]!.DeepClone());
                isOpen = true;
            }

            ((int)data["index"]!).ShouldBe(content.Count - 1, body);
            var block = content[^1]!;
            if (name == "content_block_delta")
            {
                Add(block, data["delta"]!, input);
            }
            else if (name == "content_block_stop")
            {
                isOpen = false;
                if (input.Length > 0)
                {
                    block["input"] = JsonNode.Parse(input.ToString());
                    input.Clear();
                }
            }
        }

        isOpen.ShouldBeFalse(body);
    }

    private static void Add(JsonNode block, JsonNode delta, StringBuilder input)
    {
        var (member, expected) = (string)delta["type"]! switch
        {
            "text_delta" => ("text", "text"),
            "thinking_delta" => ("thinking", "thinking"),
            "signature_delta" => ("signature", "thinking"),
            _ => ("partial_json", "tool_use"),
        };
        ((string)block["type"]!).ShouldBe(expected);
        if (member == "partial_json")
        {
            input.Append((string)delta[member]!);
        }
        else
        {
            block[member] = (string)block[member]! + (string)delta[member]!;
        }
    }
}
