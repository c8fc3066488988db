using Gateway.Api.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Configuration;

[Trait("Requirement", "G7.4")]
public sealed class CacheOptionsTests
{
    [Fact]
    public void A_cache_that_cannot_be_is_refused_by_its_keys()
    {
        var failure = Should.Throw<OptionsValidationException>(() => Read(
            ("Gateway:Cache:TtlSeconds", "0"), ("Gateway:Cache:MaxEntryBytes", "10"), ("Gateway:Cache:MemoryBytes", "-1"),
            ("Gateway:Cache:Semantic:Embeddings", "nothing"), ("Gateway:Cache:Semantic:Threshold", "1.5"), ("Gateway:Cache:Semantic:MaxAnswers", "0"),
            ("Gateway:Models:m:Cache:TtlSeconds", "-5"),
            ("Gateway:Grouping:WindowMilliseconds", "6"), ("Gateway:Grouping:MaxInputs", "4096")));

        failure.Failures.ShouldBe(
            [
                "Gateway:Cache:TtlSeconds: The field TtlSeconds must be between 1 and 2592000.",
                "Gateway:Cache:MaxEntryBytes: The field MaxEntryBytes must be between 1024 and 67108864.",
                "Gateway:Cache:MemoryBytes: The field MemoryBytes must be between 0 and 17179869184.",
                "Gateway:Cache:Semantic:Embeddings is 'nothing'; allowed: m, or none.",
                "Gateway:Cache:Semantic:Threshold: The field Threshold must be between 0.5 and 1.",
                "Gateway:Cache:Semantic:MaxAnswers: The field MaxAnswers must be between 1 and 100000.",
                "Gateway:Models:m:Cache:TtlSeconds is -5; allowed: 1 to 2592000.",
                "Gateway:Grouping:WindowMilliseconds: The field WindowMilliseconds must be between 1 and 5.",
                "Gateway:Grouping:MaxInputs: The field MaxInputs must be between 1 and 2048.",
            ],
            ignoreOrder: true);
    }

    private static void Read(params (string Key, string Value)[] settings)
    {
        (string Key, string Value)[] all =
        [
            ("Gateway:Providers:a:Type", "OpenAI"), ("Gateway:Providers:a:BaseUrl", "http://localhost/v1"),
            ("Gateway:Models:m:Targets:0:Provider", "a"), ("Gateway:Models:m:Targets:0:Model", "m"),
            .. settings,
        ];
        using var live = new LiveConfiguration(
            new ConfigurationBuilder().AddInMemoryCollection(all.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build(), NullLogger<LiveConfiguration>.Instance);
    }
}
