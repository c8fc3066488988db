using System.Text;
using System.Text.Json;
using Gateway.Api.Providers.Bedrock.Replies;
using Gateway.Api.Providers.Bedrock.Requests;
using Gateway.Api.Providers.Replies;

namespace Gateway.Api.Providers.Bedrock.Streams;

/// <summary>
/// Turns the events of converse-stream
/// (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html) into the chunks of OpenAI's stream,
/// each as it comes.
/// </summary>
internal sealed class EventTranslator(Translation translation, ChunkWriter chunks, BedrockLog log)
{
    private readonly Dictionary<int, ToolBlock> _tools = [];
    private readonly StringBuilder _thoughts = new();

    // Text that comes before the tool that stands in for structured output is no part of the answer; without that tool it is the answer.
    private readonly List<string> _heldText = [];
    private int _calls;
    private bool _isAnswered;

    /// <summary>Whether a part of the answer, or its end, was there.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether the model said that it is finished.</summary>
    public bool HasStopped { get; private set; }

    /// <summary>Whether nothing more is to come.</summary>
    public bool IsOver { get; private set; }

    /// <summary>What ended the stream, where something did.</summary>
    public BedrockError? Error { get; private set; }

    public void Translate(EventFrame frame)
    {
        if (!frame.MessageType.Span.SequenceEqual("event"u8))
        {
            Error = BedrockError.Read(frame);
            IsOver = true;
            return;
        }

        try
        {
            TranslateEvent(frame.EventType.Span, frame.Payload);
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            chunks.Malformed();
        }
    }

    /// <summary>The connection has ended: well only where the model had stopped.</summary>
    public void End()
    {
        if (HasStopped && !IsOver)
        {
            chunks.Done();
        }

        IsOver = true;
    }

    private void TranslateEvent(ReadOnlySpan<byte> type, ReadOnlyMemory<byte> payload)
    {
        if (type.SequenceEqual("contentBlockDelta"u8))
        {
            Add(Delta.Read(payload.Span));
        }
        else if (type.SequenceEqual("messageStart"u8))
        {
            chunks.Role();
        }
        else if (type.SequenceEqual("contentBlockStart"u8))
        {
            Read(payload, Start);
        }
        else if (type.SequenceEqual("contentBlockStop"u8))
        {
            Read(payload, root => StopBlock(root.GetProperty("contentBlockIndex").GetInt32()));
        }
        else if (type.SequenceEqual("messageStop"u8))
        {
            Read(payload, Stop);
        }
        else if (type.SequenceEqual("metadata"u8))
        {
            Read(payload, Conclude);
        }
    }

    private static void Read(ReadOnlyMemory<byte> payload, Action<JsonElement> read)
    {
        using var document = JsonDocument.Parse(payload);
        read(document.RootElement);
    }

    // {"contentBlockIndex":1,"start":{"toolUse":{"toolUseId":"tooluse_1","name":"add"}}}
    private void Start(JsonElement root)
    {
        HasBegun = true;
        if (root.Find("start")?.Find("toolUse") is not { } call || call.FindText("name") is not { } name)
        {
            return;
        }

        var isAnswer = name == translation.AnswerTool;
        var isShown = !isAnswer && !translation.DropsToolCalls && !(translation.TakesOneToolCall && _calls > 0);
        var block = new ToolBlock { IsAnswer = isAnswer && !_isAnswered, Index = isShown ? _calls++ : null };
        _isAnswered |= isAnswer;
        _tools[root.GetProperty("contentBlockIndex").GetInt32()] = block;
        if (block.Index is { } index)
        {
            chunks.ToolCall(index, call.FindText("toolUseId"), translation.Tools.Original(name));
        }
    }

    private void Add(Delta delta)
    {
        HasBegun = true;
        if (delta.IsEmpty)
        {
            return;
        }

        switch (delta.Kind)
        {
            case DeltaKind.Text when translation.AnswerTool is not null:
                _heldText.Add(Encoding.UTF8.GetString(delta.Value));
                break;
            case DeltaKind.Text:
                chunks.Content(delta.Value);
                break;
            case DeltaKind.ToolInput:
                AddInput(delta);
                break;
            case DeltaKind.ReasoningText:
                _thoughts.Append(TextOf(delta.Value));
                chunks.Reasoning(delta.Value);
                break;
            case DeltaKind.ReasoningSignature:
                chunks.Thinking(_thoughts.ToString(), TextOf(delta.Value), redacted: null);
                _thoughts.Clear();
                break;
            case DeltaKind.RedactedReasoning:
                chunks.Thinking(words: null, signature: null, TextOf(delta.Value));
                break;
        }
    }

    private void AddInput(Delta delta)
    {
        if (!_tools.TryGetValue(delta.Block, out var block))
        {
            return;
        }

        block.HasInput = true;
        if (block.IsAnswer)
        {
            chunks.Content(delta.Value);
        }
        else if (block.Index is { } index)
        {
            chunks.Arguments(index, delta.Value);
        }
    }

    private void StopBlock(int index)
    {
        if (!_tools.TryGetValue(index, out var block) || block.HasInput)
        {
            return;
        }

        block.HasInput = true;
        if (block.IsAnswer)
        {
            chunks.Content("\"{}\""u8);
        }
        else if (block.Index is { } call)
        {
            chunks.Arguments(call, "\"{}\""u8);
        }
    }

    // {"stopReason":"end_turn"}
    private void Stop(JsonElement root)
    {
        (HasBegun, HasStopped) = (true, true);
        foreach (var block in _tools.Keys.ToList())
        {
            StopBlock(block);
        }

        if (!_isAnswered)
        {
            _heldText.ForEach(text => chunks.Content(Encoding.UTF8.GetBytes(text)));
        }

        var stopReason = root.FindText("stopReason");
        var reason = StopReasons.Find(stopReason);
        if (reason is null)
        {
            log.UnknownStopReason(translation.Model, stopReason);
        }

        chunks.Finish(reason is null || (reason == StopReasons.ToolCalls && _calls == 0) ? StopReasons.Stop : reason, StopReasons.SequenceOf(stopReason, translation));
    }

    // {"usage":{"inputTokens":30,…},"metrics":{"latencyMs":400}}
    private void Conclude(JsonElement root)
    {
        if (!HasStopped)
        {
            return;
        }

        if (root.Find("usage") is { } usage)
        {
            chunks.Usage(ConverseUsage.Read(usage));
        }

        chunks.Done();
        IsOver = true;
    }

    private static string TextOf(ReadOnlySpan<byte> jsonString)
    {
        var json = new Utf8JsonReader(jsonString);
        json.Read();
        return json.GetString()!;
    }
}
