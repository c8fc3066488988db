using System.Runtime.InteropServices;
using Gateway.Api.Providers.Bedrock.Replies;
using Gateway.Api.Providers.Bedrock.Requests;
using Gateway.Api.Providers.Replies;

namespace Gateway.Api.Providers.Bedrock.Streams;

/// <summary>Writes a whole reply as the chunks of a stream.</summary>
internal static class ReplyReplay
{
    public static void Write(ChunkWriter chunks, ConverseReply reply, Translation translation)
    {
        chunks.Role();
        foreach (var words in reply.Reasoning.Select(block => block.Find("reasoningText")?.Find("text")))
        {
            if (words is { } text)
            {
                chunks.Reasoning(JsonMarshal.GetRawUtf8Value(text));
            }
        }

        if (reply.Answer is { } answer)
        {
            chunks.Content(Json.Quote(JsonMarshal.GetRawUtf8Value(answer)));
        }
        else
        {
            foreach (var text in reply.Texts)
            {
                chunks.Content(JsonMarshal.GetRawUtf8Value(text));
            }
        }

        for (var index = 0; index < reply.ToolUses.Count; index++)
        {
            var call = reply.ToolUses[index];
            chunks.ToolCall(index, call.FindText("toolUseId"), translation.Tools.Original(call.FindText("name")!));
            chunks.Arguments(index, call.Find("input") is { } input ? Json.Quote(JsonMarshal.GetRawUtf8Value(input)) : "\"{}\""u8);
        }

        chunks.Finish(reply.FinishReason, StopReasons.SequenceOf(reply.StopReason, translation));
        chunks.Usage(reply.Usage);
        chunks.Done();
    }
}
