using Gateway.Api.Requests;
using Gateway.Tests.Fuzz.Generation;

namespace Gateway.Tests.Fuzz.Requests;

/// <summary>Requests as callers send them.</summary>
internal static class RequestExamples
{
    public const string Hello = """{"model":"phi-3-mini","messages":[{"role":"user","content":"Hello"}]}""";

    public static readonly IReadOnlyList<string> Chat =
    [
        Hello,
        """{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"what é"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]}],"model":"phi-3-mini","stream":true,"n":2,"temperature":0,"max_tokens":5,"max_completion_tokens":7,"stop":["a","b"],"user":"u1","seed":1}""",
        """{"model":"phi-3-mini","stream":true,"stream_options":{"include_usage":true,"x":1},"messages":[{"role":"user","content":"a"},{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"add","arguments":"{\"a\":1}"}}]},{"role":"tool","tool_call_id":"c1","content":"2"}],"tools":[{"type":"function","function":{"name":"add","description":"Adds.","parameters":{"type":"object","properties":{"a":{"type":"number"}}}}}],"tool_choice":"auto","parallel_tool_calls":false}""",
        """{ "model" : "phi-3-mini" , "stream":false, "stream_options":null, "response_format":{"type":"json_schema","json_schema":{"name":"s","strict":true,"schema":{"type":"object"}}}, "reasoning_effort":"low", "logit_bias":{"1":1e2}, "metadata":{"a":"b"}, "messages":[{"role":"developer","content":"x","name":"n"},{"role":"user","content":"y","cache_control":{"type":"ephemeral"}}] }""",
    ];

    public static readonly IReadOnlyList<string> Completions =
    [
        """{"model":"phi-3-mini","prompt":"a","n":2,"best_of":4,"max_tokens":5,"temperature":0.0,"stream":true}""",
        """{"model":"phi-3-mini","prompt":["a","b"],"echo":true,"stream":true,"stream_options":{"include_usage":false}}""",
        """{"model":"phi-3-mini","prompt":[[1,2],[3]],"suffix":"z","logprobs":2}""",
    ];

    public static readonly IReadOnlyList<string> Embeddings =
    [
        """{"model":"local-embeddings","input":"a","encoding_format":"base64","dimensions":3}""",
        """{"model":"local-embeddings","input":["a","é","😀"],"user":"u"}""",
        """{"model":"local-embeddings","input":[[1,2],[3]]}""",
        """{"model":"local-embeddings","input":[1,2,3]}""",
    ];

    public static readonly IReadOnlyList<string> Names =
        ["\"model\":", "\"stream\":", "\"messages\":", "\"prompt\":", "\"input\":", "\"n\":", "\"best_of\":", "\"max_tokens\":", "\"temperature\":", "\"stream_options\":", "\"include_usage\":", "\"role\":", "\"content\":", "\"tools\":", "true", "null"];

    /// <summary>As a rule the one whose input is there.</summary>
    public static Operation OperationOf(ReadOnlySpan<byte> input, FuzzRandom random) =>
        random.OneIn(10) ? random.Pick([Operation.Chat, Operation.Completions, Operation.Embeddings])
        : input.IndexOf("\"prompt\""u8) >= 0 ? Operation.Completions
        : input.IndexOf("\"input\""u8) >= 0 ? Operation.Embeddings
        : Operation.Chat;
}
