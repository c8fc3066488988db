using System.Text.Json;
using Gateway.Api;
using Gateway.Api.Providers;
using Gateway.Api.Providers.ChatClients;
using Gateway.Api.Requests;
using Gateway.Tests.Fuzz.Generation;

namespace Gateway.Tests.Fuzz.Requests;

/// <summary>Whatever the scanner takes, as what an <c>IChatClient</c> is given.</summary>
public sealed class ChatClientRequestFuzz : ParserFuzz
{
    protected override IReadOnlyList<string> Examples => RequestExamples.Chat;

    protected override IReadOnlyList<string> Words { get; } = [.. RequestExamples.Names, "\"tool_calls\":", "\"function\":", "\"arguments\":", "\"image_url\":", "\"input_audio\":", "\"stop\":", "\"seed\":", "\"tool_choice\":", "\"response_format\":"];

    protected override int Slowness => 2;

    protected override void Check(byte[] input, FuzzRandom random)
    {
        if (RequestScanner.Scan(input, Operation.Chat, out _) is not null)
        {
            return;
        }

        using var document = JsonDocument.Parse(input);
        var notes = new RequestNotes("m");
        try
        {
            _ = new MessageReader(notes).Read(document.RootElement.GetProperty("messages"));
            _ = new OptionsReader(document.RootElement, notes).Read();
        }
        catch (InvalidOperationException noText) when (noText.IsOfText())
        {
            // What the provider refuses.
        }
    }
}
