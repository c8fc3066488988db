namespace Gateway.Tests.Fuzz.Usage;

/// <summary>Events and what they are carried and kept in.</summary>
internal static class UsageExamples
{
    public const string Event =
        """{"id":"7f3kq2zd.42","request_id":"req_1","trace_id":"0af7651916cd43dd8448eb211c80319c","at":"2026-11-21T08:00:00+00:00","operation":"chat","tenant":"acme","key":"key_1","user":"é","alias":"phi","provider":"local","model":"m","status":"ok","http_status":200,"streamed":true,"tokens":{"input":7,"output":2},"cost_nano_usd":12345,"price":"local/m","duration_microseconds":1500,"first_token_microseconds":100,"attempts":1,"tools":[{"server":"products","tool":"search"}]}""";

    public const string Small = """{"id":"7f3kq2zd.43","request_id":"req_2","at":"2026-11-21T08:00:01Z","operation":"embeddings","status":"failed","http_status":500}""";

    public const string Batch = "{\"journal\":\"7f3kq2zd\",\"first\":42,\"last\":43}\n" + Event + "\n" + Small;

    public const string Kept = """{"kept":{"7f3kq2zd":256}}""";

    public const string Row = """{"hour":8,"tenant":"acme","key":"key_1","user":"u","alias":"phi","model":"m","provider":"local","variant":"v","batch":true,"status":"ok","requests":3,"input":7,"cost_nano_usd":170141183460469231731687303715884105727}""";

    public const string Header = """{"covers":{"bytes":10,"lines":1},"unreadable":[1],"rows":1}""";

    public static readonly IReadOnlyList<string> Names =
        ["\"id\":", "\"at\":", "\"status\":", "\"tokens\":", "\"hour\":", "\"kept\":", "\"rows\":", "\"covers\":", "\"claimed\":", "\"first\":", "\"journal\":", "7f3kq2zd.44", "\"2026-11-21T08:00:00Z\"", "\"9999-12-31T23:59:59+14:00\"", "\n", " "];
}
