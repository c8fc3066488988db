using Gateway.Api;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;
using Gateway.Api.Responses.Requests;
using Gateway.Tests.Fuzz.Generation;

namespace Gateway.Tests.Fuzz.Requests;

/// <summary>Requests to create a response: refused, or a chat request that the scanner takes but for what it alone looks at.</summary>
public sealed class ResponsesFuzz : ParserFuzz
{
    internal static readonly IReadOnlyList<string> Requests =
    [
        """{"model":"m","input":"Hi","instructions":"Be \u00e9","max_output_tokens":9,"temperature":0.5,"top_p":0.9,"user":"u","service_tier":"flex","stream":true,"store":false,"metadata":{"a":"b"},"truncation":"auto","include":["reasoning.encrypted_content"]}""",
        """{"model":"m","input":[{"role":"developer","content":"d"},{"type":"message","id":"x","status":"completed","role":"user","content":[{"type":"input_text","text":"what"},{"type":"input_image","image_url":"data:image/png;base64,AA==","detail":"low"}]},{"role":"assistant","content":[{"type":"output_text","text":"a","annotations":[]},{"type":"refusal","refusal":"no"}]}]}""",
        """{"model":"m","input":[{"role":"user","content":"q"},{"type":"function_call","id":"fc_1","call_id":"c1","name":"f","arguments":"{}","status":"completed"},{"type":"function_call_output","call_id":"c1","output":"one"},{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"gw1.W10="},{"type":"item_reference","id":"i"},{"type":"mcp_approval_response","approval_request_id":"a","approve":true}],"tools":[{"type":"function","name":"f","parameters":{"type":"object"},"strict":true}],"tool_choice":{"type":"function","name":"f"},"parallel_tool_calls":false,"reasoning":{"effort":"low","summary":"auto"},"text":{"format":{"type":"json_schema","name":"s","schema":{"type":"object"}},"verbosity":"low"},"max_tool_calls":2,"top_logprobs":3}""",
    ];

    protected override IReadOnlyList<string> Examples => Requests;

    protected override IReadOnlyList<string> Words { get; } = ["\"type\":", "\"input\":", "\"content\":", "\"output\":", "\"function_call\"", "\"reasoning\"", "\"tools\":", "\"mcp\"", "\"include\":", "\"text\":", "\"format\":", "\"background\":true"];

    protected override int Slowness => 2;

    protected override void Check(byte[] input, FuzzRandom random)
    {
        using var body = MadeRequest.Pooled(input);
        try
        {
            var unreadable = ResponseRequest.Read(body, out var request);
            using (request)
            {
                if (unreadable is not null)
                {
                    return;
                }

                using var chat = new PooledBodyWriter();
                new ChatRequest(request!, new Context()).Write(chat, new ChatExtensions());
                if (request!.Findings.Refusal is null)
                {
                    MadeRequest.ShouldBeTaken(chat.Written.Span);
                }
            }
        }
        catch (InvalidOperationException noText) when (noText.IsOfText())
        {
            // What the codec refuses.
        }
    }
}
