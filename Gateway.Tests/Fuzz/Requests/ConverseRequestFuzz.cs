using System.Text.Json;
using Gateway.Api;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers.Bedrock.Embeddings;
using Gateway.Api.Providers.Bedrock.Models;
using Gateway.Api.Providers.Bedrock.Requests;
using Gateway.Api.Requests;
using Gateway.Tests.Fuzz.Generation;
using Gateway.Tests.Providers.Bedrock;

namespace Gateway.Tests.Fuzz.Requests;

/// <summary>Whatever the scanner takes, as a request of Converse's: refused, or JSON.</summary>
public sealed class ConverseRequestFuzz : ParserFuzz
{
    private static readonly string[] Models = [Converse.Claude3, Converse.Claude4, Converse.Claude46, Converse.Nova, Converse.GptOss, Converse.Llama, Converse.Unknown];

    protected override IReadOnlyList<string> Examples { get; } = [.. RequestExamples.Chat, .. RequestExamples.Completions, .. RequestExamples.Embeddings];

    protected override IReadOnlyList<string> Words { get; } = [.. RequestExamples.Names, "\"tool_calls\":", "\"tool_call_id\":", "\"function\":", "\"arguments\":", "\"image_url\":", "\"stop\":", "\"reasoning_effort\":", "\"tool_choice\":", "\"response_format\":", "\"user\"", "\"assistant\"", "\"tool\""];

    protected override int Slowness => 2;

    protected override void Check(byte[] input, FuzzRandom random)
    {
        var operation = RequestExamples.OperationOf(input, random);
        if (RequestScanner.Scan(input, operation, out _) is null)
        {
            using var document = JsonDocument.Parse(input);
            Translate(document.RootElement, operation, random.Pick(Models));
        }
    }

    private static void Translate(JsonElement root, Operation operation, string model)
    {
        using var output = new PooledBodyWriter();
        var translation = new Translation(model, QuirkTable.Of(model));
        try
        {
            if (operation == Operation.Chat)
            {
                ConverseRequest.WriteChat(output, root, translation);
            }
            else if (operation == Operation.Embeddings)
            {
                var wanted = EmbeddingRequest.Read(root, translation);
                wanted.Write(output, wanted.Batches.First());
            }
            else if (root.GetProperty("prompt") is { ValueKind: JsonValueKind.String } prompt)
            {
                ConverseRequest.WriteCompletion(output, root, prompt, translation);
            }
            else
            {
                return;
            }
        }
        catch (InvalidOperationException noText) when (noText.IsOfText())
        {
            return;
        }

        if (translation.Refusal is null)
        {
            JsonDocument.Parse(output.Written, new JsonDocumentOptions { MaxDepth = 2 * RequestScanner.MaxDepth }).Dispose();
        }
    }
}
