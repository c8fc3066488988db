using Gateway.Tests.Fuzz.Configuration;
using Gateway.Tests.Fuzz.Requests;

namespace Gateway.Tests.Fuzz.EndToEnd;

/// <summary>Requests to every route: method and address on the first line, the media type on the second where there is a body, then the body.</summary>
internal static class RouteExamples
{
    private const string Json = "application/json";

    public static readonly IReadOnlyList<string> All =
    [
        .. RequestExamples.Chat.Select(body => Post("/v1/chat/completions", body)),
        .. RequestExamples.Completions.Select(body => Post("/v1/completions", body)),
        .. RequestExamples.Embeddings.Select(body => Post("/v1/embeddings", body)),
        .. MessagesFuzz.Requests.SelectMany(body => new[] { Post("/v1/messages", body), Post("/v1/messages/count_tokens", body) }),
        .. ResponsesFuzz.Requests.Select(body => Post("/v1/responses", body)),
        Post("/v1/feedback", """{"request_id":"req_1","score":0.5,"rating":"thumbs_up","comment":"é","labels":["a"]}"""),
        Post("/v1/files", "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jsonl\"\r\n\r\n{}\n\r\n--b--\r\n", "multipart/form-data; boundary=b"),
        Get("/v1/files?after=file-1&limit=20&purpose=batch&order=asc"), Get("/v1/files/file-1"), Get("/v1/files/file-1/content"), "DELETE /v1/files/file-1\n",
        Post("/v1/batches", """{"input_file_id":"file-1","endpoint":"/v1/chat/completions","completion_window":"24h","metadata":{"a":"b"},"output_expires_after":{"anchor":"created_at","seconds":3600}}"""),
        Get("/v1/batches?after=batch_1&limit=3"), Get("/v1/batches/batch_1"), Post("/v1/batches/batch_1/cancel", ""),
        Get("/v1/models"), Get("/v1/models/phi-3-mini"), Get("/v1/responses/resp_1"), Get("/v1/responses/resp_1/input_items?after=a&limit=2&order=desc&include=x"), "DELETE /v1/responses/resp_1\n", Post("/v1/responses/resp_1/cancel", ""),
        Post("/v1/audio/speech", """{"model":"tts","input":"a"}"""), Get("/v1/nope"), Get("/health/ready"), Get("/metrics"), Get("/openapi/v1.json"), Get("/schema/gateway.json"),
        Post("/admin/keys", """{"name":"test","owner":"o","tenant":"acme","user":"u","tier":"free","models":["phi-3-mini"],"tools":["products/search"],"expires_at":"2030-01-01T00:00:00Z","limits":{"requests_per_minute":5,"tokens_per_minute":10,"concurrent_requests":2},"budget":{"usd":5.5,"period":"month"},"metadata":{"a":{"b":[1]}}}"""),
        Get("/admin/keys?after=key_1&limit=5&search=x&tenant=acme&order=desc"), Get("/admin/keys/key_1"), "PATCH /admin/keys/key_1\napplication/json\n{\"name\":\"x\",\"limits\":null}", Post("/admin/keys/key_1/rotate", """{"grace_seconds":60}"""), "DELETE /admin/keys/key_1\n",
        .. ConfigurationExamples.Sections.Select(section => $"PUT /admin/config?dry_run=true\n{Json}\n{section}"), $"PUT /admin/config?dry_run=true\n{Json}\n{{\"version\":3,\"gateway\":{ConfigurationExamples.Section}}}",
        Get("/admin/config"), Get("/admin/config/history?after=1&limit=2"), Post("/admin/config/rollback", """{"version":1}"""),
        "PUT /admin/flags/semantic-cache\napplication/json\n{\"enabled\":true,\"percentage\":50,\"tenants\":[\"a\"],\"users\":[],\"from\":\"2026-01-01T00:00:00Z\",\"until\":null}", Get("/admin/flags"), Get("/admin/flags/semantic-cache"), "DELETE /admin/flags/semantic-cache\n",
        Get("/admin/experiments"), Get("/admin/experiments/e1?from=2026-11-01"), Get("/admin/feedback?after=a&limit=3&tenant=x"), Get("/admin/audit?after=a&limit=3&actor=x&from=2026-11-01&to=2026-11-30"),
        Get("/admin/usage?from=2026-11-01&to=2026-11-30&by=tenant,model&format=csv"), Get("/admin/traffic?from=2026-11-01T00:00:00Z&to=2026-11-02&step=60&by=alias"),
        Get("/admin/requests?tenant=acme&status=failed,ok&text=x&from=2026-11-01&to=2026-11-30&after=0000000000000001-7f3kq2zd.42&limit=100&min_ms=5&http_status=200&format=csv"),
        Get("/admin/forecast?month=2026-11&tenant=acme"), Get("/admin/alerts"), Get("/admin/objectives"), Get("/admin/providers"), Get("/admin/models"), Get("/admin/batches?after=a&limit=3&tenant=x&status=failed"), Get("/admin/batches/batch_1"), Get("/admin/budgets?tenant=acme&limit=3"),
        Post("/admin/products/import?format=jsonl&currency=USD", """{"id":"p1","title":"Mug","price":"9.99 USD","availability":"in_stock"}""", "application/x-ndjson"),
        Post("/mcp/products", """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}"""),
        Post("/mcp/products", """{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"search_catalog","arguments":{"catalog":{"query":"mug","filters":{"price":{"min":1,"max":900},"brands":["x"],"available":true,"specifications":{"Size":["L"]}},"pagination":{"cursor":"AAAA","limit":3},"context":{"currency":"EUR"}}}}}"""),
        Post("/mcp/products", """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"get_product","arguments":{"catalog":{"id":"p1"}}}}"""),
        Post("/mcp/products", """{"jsonrpc":"2.0","id":3,"method":"prompts/get","params":{"name":"compare_products","arguments":{"ids":"p1,p2"}}}"""),
        Post("/mcp/products", """{"jsonrpc":"2.0","id":4,"method":"resources/read","params":{"uri":"products://p1"}}"""),
        Post("/mcp/products", """{"jsonrpc":"2.0","method":"notifications/initialized"}"""),

        // Each was a 500 once.
        Post("/mcp/products", """{"jsonrpc":"2.0","id":5,"method":"initialize","params":[{}]}"""),
        Post("/mcp/products", """{"jsonrpc":"2.0","id":6,"method":"tools/call","params":{"name":"search_catalog","arguments":"","arguments":{"catalog":{}}}}"""),
        Post("/mcp/products", """{"jsonrpc":"2.0","id":7,"method":"resources/read"}"""),
        Post("/v1/chat/completions", """{"model":"\ud800","messages":[{"role":"user","content":"x"}]}"""),
        Post("/v1/messages", """{"m\ud800":1}"""), Post("/v1/responses", """{"m\ud800":1}"""),
    ];

    private static string Get(string address) => $"GET {address}\n";

    private static string Post(string address, string body, string mediaType = Json) => $"POST {address}\n{mediaType}\n{body}";
}
