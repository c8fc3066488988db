using System.Text.Json;
using Gateway.Api.Requests;

namespace Gateway.Api.Tools;

/// <summary>Where things stand in the body of a chat request that was looked through before.</summary>
internal struct ChatBody
{
    /// <summary>The value of <c>tools</c>.</summary>
    public Range? Tools { get; private set; }

    /// <summary>The value of <c>tool_choice</c>.</summary>
    public Range? ToolChoice { get; private set; }

    /// <summary>The value of <c>product_context</c>.</summary>
    public Range? Context { get; private set; }

    /// <summary>The member <c>product_context</c> with the comma that goes with it.</summary>
    public Range ContextMember { get; private set; }

    /// <summary>The last message of role <c>user</c>.</summary>
    public Range? LastUserMessage { get; private set; }

    /// <summary>The bracket that ends <c>messages</c>.</summary>
    public int EndOfMessages { get; private set; }

    public static ChatBody Read(ReadOnlySpan<byte> body)
    {
        var found = default(ChatBody);
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = RequestScanner.MaxDepth });
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            found.ReadField(ref json, body);
        }

        return found;
    }

    private void ReadField(ref Utf8JsonReader json, ReadOnlySpan<byte> body)
    {
        var start = (int)json.TokenStartIndex;
        if (json.Is("messages"u8))
        {
            ReadMessages(ref json);
        }
        else if (json.Is("tools"u8))
        {
            Tools = ReadValue(ref json);
        }
        else if (json.Is("tool_choice"u8))
        {
            ToolChoice = ReadValue(ref json);
        }
        else if (json.Is("product_context"u8))
        {
            Context = ReadValue(ref json);
            ContextMember = Json.WithItsComma(body, start, Context.Value.End.Value);
        }
        else
        {
            json.Skip();
        }
    }

    private void ReadMessages(ref Utf8JsonReader json)
    {
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            var start = (int)json.TokenStartIndex;
            var isUsers = false;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isRole = json.Is("role"u8);
                json.Read();
                isUsers |= isRole && json.TokenType == JsonTokenType.String && json.Is("user"u8);
                json.Skip();
            }

            LastUserMessage = isUsers ? start..(int)json.BytesConsumed : LastUserMessage;
        }

        EndOfMessages = (int)json.TokenStartIndex;
    }

    private static Range ReadValue(ref Utf8JsonReader json)
    {
        json.Read();
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return start..(int)json.BytesConsumed;
    }
}
