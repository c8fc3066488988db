namespace Gateway.Tests.Fuzz.Answers;

/// <summary>Answers as providers send them.</summary>
internal static class AnswerExamples
{
    public static readonly IReadOnlyList<string> Chat =
    [
        """{"id":"c1","object":"chat.completion","created":1,"model":"m-1","system_fingerprint":"fp","service_tier":"default","choices":[{"index":0,"message":{"role":"assistant","content":"Hé \u00e9","refusal":null},"logprobs":{"content":[{"token":"H","logprob":-0.1,"bytes":[72],"top_logprobs":[]}]},"finish_reason":"stop","stop_reason":"END"}],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9,"prompt_tokens_details":{"cached_tokens":3,"cache_write_tokens":1},"completion_tokens_details":{"reasoning_tokens":1}}}""",
        """{"id":"c1","model":"m-1","choices":[{"index":0,"message":{"role":"assistant","content":null,"reasoning_content":"hm","thinking_blocks":[{"type":"thinking","thinking":"hm","signature":"s"},{"type":"redacted_thinking","data":"eHg="}],"tool_calls":[{"id":"t1","type":"function","function":{"name":"add","arguments":"{\"a\":1}"}},{"id":"t2","type":"function","function":{"name":"now","arguments":""}}]},"finish_reason":"tool_calls"}],"usage":{"input_tokens":1,"output_tokens":2}}""",
        """{"choices":[{"message":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},"finish_reason":"length"}],"usage":null}""",
        """{"choices":[{"index":0,"delta":{"role":"assistant","content":"x"},"finish_reason":null}],"usage":null}""",
        """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t1","function":{"name":"add","arguments":"{"}}]},"finish_reason":null}]}""",
        """{"error":{"message":"Too bad.","type":"server_error","param":null,"code":"x"}}""",
    ];

    public static readonly IReadOnlyList<string> Names =
    [
        "\"choices\":", "\"message\":", "\"delta\":", "\"content\":", "\"tool_calls\":", "\"function\":", "\"arguments\":", "\"finish_reason\":", "\"usage\":", "\"prompt_tokens\":", "\"completion_tokens\":",
        "\"error\":", "\"thinking_blocks\":", "\"reasoning\":", "\"refusal\":", "\"logprobs\":", "null",
    ];
}
