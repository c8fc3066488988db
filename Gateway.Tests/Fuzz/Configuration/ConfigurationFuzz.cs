using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Configuration;
using Gateway.Api.Configuration.Documents;
using Gateway.Tests.Fuzz.Generation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Shouldly;

namespace Gateway.Tests.Fuzz.Configuration;

/// <summary>Files and sections of the configuration, from their bytes to the options: all faults named, or options that hold.</summary>
public sealed class ConfigurationFuzz : ParserFuzz
{
    private static readonly IConfiguration Nothing = new ConfigurationBuilder().Build();
    private static readonly ConfigurationReader Reader = new(Nothing, []);

    protected override IReadOnlyList<string> Examples { get; } = [.. ConfigurationExamples.Sections.Select(section => $$"""{"Gateway":{{section}}}"""), """{"Gatewya":{},"Logging":{"LogLevel":{"Default":"Debug"}},"$schema":"x"}"""];

    protected override IReadOnlyList<string> Words => ConfigurationExamples.Names;

    protected override (long Fixed, long PerByte) Memory => (8 << 20, 20_000);

    protected override int Slowness => 10;

    protected override void Check(byte[] input, FuzzRandom random)
    {
        var document = DocumentReader.ReadFile(input, "gateway.json", out _);
        if (document.IsUnreadable)
        {
            document.Faults.ShouldNotBeEmpty();
        }

        // The overlay is the same document again, as from /admin/config: what holds holds with it too.
        GatewayDocument overlay;
        try
        {
            using var json = JsonDocument.Parse(input, DocumentReader.AsTheFrameworkReads);
            overlay = json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("Gateway", out var section) && section.ValueKind == JsonValueKind.Object ? DocumentReader.ReadSection(section) : GatewayDocument.Empty;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            overlay = GatewayDocument.Empty;
        }

        var first = TryRead(new ConfigurationSources(document, GatewayDocument.Empty, Version: null));
        var again = TryRead(new ConfigurationSources(document, overlay, Version: null));
        (again is null).ShouldBe(first is null);
        MergePatch.Apply(document.Section.DeepClone(), document.Section).ToJsonString().ShouldBe(MergePatch.Apply(new JsonObject(document.Section.Options), document.Section).ToJsonString());
    }

    private static GatewayOptions? TryRead(ConfigurationSources sources)
    {
        try
        {
            return Reader.Read(sources);
        }
        catch (OptionsValidationException refused)
        {
            refused.Failures.ShouldNotBeEmpty();
            return null;
        }
    }
}
