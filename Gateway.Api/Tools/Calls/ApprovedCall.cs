using System.Text.Json;
using Gateway.Api.Tools.Offers;

namespace Gateway.Api.Tools.Calls;

/// <summary>A call that an earlier answer wanted to make and that the caller has allowed.</summary>
/// <param name="Mark">What stands in the conversation in place of its result.</param>
/// <param name="Id">The request for approval.</param>
/// <param name="Label">What the caller calls the server.</param>
/// <param name="Name">The tool's name there.</param>
/// <param name="Arguments">A JSON object, as text.</param>
internal sealed record ApprovedCall(string Mark, string Id, string Label, string Name, string Arguments)
{
    public PendingCall ToCall(ToolUse tools)
    {
        var function = tools.Offered.FirstOrDefault(tool => tool.Label == Label && tool.Tool.Name == Name)?.Function ?? FunctionNames.Of(Label, Name);
        var call = new PendingCall(Bytes(Id), Bytes(function), tools) { ApprovalId = Id };
        call.Append(Bytes(Arguments));
        return call;
    }

    private static byte[] Bytes(string text) => [.. JsonEncodedText.Encode(text).EncodedUtf8Bytes];
}
