using System.Buffers;
using System.Text.Json;
using Gateway.Api.Requests;

namespace Gateway.Api.Messages;

/// <summary>
/// A chat request that is being written from one of Anthropic's: its JSON, what writing it brings up, and what of it is beyond OpenAI's form.
/// </summary>
internal sealed class ChatDraft(IBufferWriter<byte> output) : Findings, IDisposable
{
    public Utf8JsonWriter Json { get; } = new(output, Api.Json.WriterOptions);

    /// <summary>Null where all of it is OpenAI's form.</summary>
    public ChatExtensions? Extensions { get; private set; }

    private int Position => (int)(Json.BytesCommitted + Json.BytesPending);

    /// <summary>Tells the caller where a server that speaks OpenAI's protocol answers.</summary>
    public void WarnOfOpenAI(string warning) => (Extensions ??= new ChatExtensions()).Warn(warning);

    /// <summary>Writes a member that only the gateway's own translations know; never the first of its object.</summary>
    /// <param name="warning">What the caller is told where it is cut.</param>
    public void Extend(string name, JsonElement value, string warning)
    {
        var start = Position;
        Json.WriteRaw(name, value);
        (Extensions ??= new ChatExtensions()).Add(start..Position, warning);
    }

    /// <inheritdoc cref="Extend(string, JsonElement, string)"/>
    public void Extend(string name, IEnumerable<JsonElement> list, string warning)
    {
        var start = Position;
        Json.WriteStartArray(name);
        foreach (var item in list)
        {
            Json.WriteRaw(item);
        }

        Json.WriteEndArray();
        (Extensions ??= new ChatExtensions()).Add(start..Position, warning);
    }

    /// <summary>Writes the mark of a block up to which a provider may keep what it has read.</summary>
    public void ExtendByCacheControl(JsonElement block)
    {
        if (block.Find("cache_control") is { } control)
        {
            Extend("cache_control", control, "cache_control was ignored");
        }
    }

    /// <summary>Refuses an object's members that are not known.</summary>
    /// <param name="ignored">Members that do no harm unheeded: the caller is told.</param>
    public void Expect(JsonElement element, string? param, ReadOnlySpan<string> known, ReadOnlySpan<string> ignored = default)
    {
        foreach (var member in element.EnumerateObject())
        {
            var name = member.Name;
            if (member.Value.ValueKind == JsonValueKind.Null || known.Contains(name))
            {
                continue;
            }

            var path = param is null ? name : $"{param}.{name}";
            if (ignored.Contains(name))
            {
                Warn($"{name} was ignored");
            }
            else
            {
                Refuse($"'{path}' is not known here; what cannot be honoured is refused.", path, "unknown_parameter");
            }
        }
    }

    /// <summary>Ends the JSON.</summary>
    public void Dispose() => Json.Dispose();
}
