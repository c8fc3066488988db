using Local.Model.Requests;
using Local.Model.Tokens;

namespace Local.Model.Answers;

/// <summary>Counts what a conversation costs once it is laid out for the model: <c>&lt;|user|&gt;\n…&lt;|end|&gt;\n</c> for each message.</summary>
internal static class ChatTemplate
{
    private const int TokensPerMessage = 3;
    private const int TokensPerImage = 64;
    private const int TokensToBegin = 1;

    public static int Count(ChatRequest request)
    {
        var count = TokensToBegin;
        foreach (var message in request.Messages)
        {
            count += TokensPerMessage + Tokenizer.Count(message.Text) + message.Images * TokensPerImage;
            foreach (var call in message.ToolCalls)
            {
                count += Tokenizer.Count(call.Name) + Tokenizer.Count(call.Arguments);
            }
        }

        foreach (var tool in request.Tools)
        {
            count += Tokenizer.Count(tool.Source);
        }

        return count;
    }
}
