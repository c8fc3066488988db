namespace Gateway.Tests.Fuzz.Configuration;

/// <summary>Sections of gateway.json.</summary>
internal static class ConfigurationExamples
{
    public const string Section =
        """{"Providers":{"local":{"Type":"OpenAI","BaseUrl":"http://localhost:8000/v1"},"bedrock":{"Type":"Bedrock","Region":"eu-central-1","ApiKey":"env:AWS_BEARER_TOKEN_BEDROCK"}},"Models":{"phi":{"Policy":"Priority","MaxOutputTokens":4096,"Targets":[{"Provider":"local","Model":"phi","Weight":1},{"Provider":"bedrock","Model":"anthropic.claude-3-haiku-20240307-v1:0"}]}},"Prices":{"bedrock/anthropic.claude-3-haiku-20240307-v1:0":{"Input":0.25,"Output":1.25},"local/phi@2026-01-01":{"Input":0,"ServiceTiers":{"flex":0.5}}}}""";

    public static readonly IReadOnlyList<string> Sections =
    [
        Section,
        """{"Tiers":{"free":{"RequestsPerMinute":20,"TokensPerMinute":20000,"MonthlyBudgetUsd":5.5,"Models":["phi"]}},"Limits":{"RequestTimeoutSeconds":30,"Retries":2},"Access":{"TrustedProxies":["10.0.0.0/8"],"Jwt":{}},"Cors":{"Origins":["https://a.example"]},"Cache":{},"Flags":{},"PassThrough":null}""",
        """{ /* a comment */ "Limits": { "Retries": 0, }, "Models": { "phi": null }, }""",
        "{}",
    ];

    public static readonly IReadOnlyList<string> Names = ["\"Gateway\":", "\"Limits\":", "\"Models\":", "\"Targets\":", "\"Prices\":", "\"Retries\":", "\"gateway\":", "\"retries\":", "env:X", "secret:a#b", "null", ":", "//", "/*", "*/", ","];
}
