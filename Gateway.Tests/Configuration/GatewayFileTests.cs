using Gateway.Api.Configuration;
using Gateway.Tests.Hosts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Configuration;

/// <summary>Bad input in gateway.json: named with its keys at the start, and at a change while the running configuration stays.</summary>
public sealed class GatewayFileTests : IDisposable
{
    private const string Provider = """{"Type":"OpenAI","BaseUrl":"http://localhost:8000/v1"}""";

    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("gateway-file-").FullName, "gateway.json");

    /// <summary>Models, what else there is, and the fault that is told.</summary>
    public static TheoryData<string, string, string> Faults => new()
    {
        { """{"m":{"Targets":[{"Model":"x"}]}}""", "", "Gateway:Models:m:Targets:0:Provider is ''; allowed: p." },
        { """{"m":{"Targets":[{"Provider":"q","Model":"x"}]}}""", "", "Gateway:Models:m:Targets:0:Provider is 'q'; allowed: p." },
        { Model(""", "Policy": "Fastest" """), "", "Gateway:Models:m:Policy is 'Fastest'; allowed: Priority, Weighted, LeastLatency, LowestCost, Balanced." },
        { Twice("m"), "", "Gateway:Models:m is there twice; upper and lower case make no difference." },
        { Twice("M"), "", "Gateway:Models:M is there twice, also as 'm'; upper and lower case make no difference." },
        { """{"m":{"Targets":[{"Provider":"p","Model":"x","model":"y"}]}}""", "", "Gateway:Models:m:Targets:0:model is there twice, also as 'Model'; upper and lower case make no difference." },
        { """{"m":{"Targets":[{"Provider":"p","Model":"x","Weight":-1}]}}""", "", "Gateway:Models:m:Targets:0:Weight is -1; allowed: 0 to 1000000." },
        { Model(""", "Policy": "LowestCost" """), "", "Gateway:Models:m:Targets:0: Policy LowestCost wants a price for each target; Gateway:Prices:p/x is missing." },
        { Model(""", "FirstTokenTimeoutSeconds": 31 """), "", "Gateway:Models:m: FirstTokenTimeoutSeconds (31) must be less than RequestTimeoutSeconds (30), or no time is left for another target." },
        { Model(), ""","Limits":{"RequestTimeoutSeconds":5,"FallbackReserveSeconds":5}""", "Gateway:Limits: FallbackReserveSeconds (5) must be less than RequestTimeoutSeconds (5), or no time is left for the first target." },
        { """{"m":""", "", "gateway.json is no JSON" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    [Trait("Requirement", "G7.4")]
    public void Bad_input_is_named_with_its_keys_at_the_start_and_at_a_change(string models, string rest, string fault)
    {
        Write(Model(), "");
        var log = new LogRecorder();
        var configuration = Read();
        using var live = new LiveConfiguration(configuration, new LoggerFactory([log]).CreateLogger<LiveConfiguration>());
        var running = live.Current;

        Write(models, rest);
        configuration.Providers.Single().Load();

        log.Errors.Single().Message.ShouldContain(fault);
        live.Current.ShouldBeSameAs(running);
        Should.Throw<OptionsValidationException>(() => new LiveConfiguration(Read(), new LoggerFactory().CreateLogger<LiveConfiguration>())).Message.ShouldContain(fault);
    }

    [Fact]
    [Trait("Requirement", "G7.2")]
    public void A_file_that_is_mended_is_in_force()
    {
        Write("{", "");
        var configuration = Read();
        Write(Model().Replace("\"m\"", "\"mended\"", StringComparison.Ordinal), "");
        configuration.Providers.Single().Load();

        using var live = new LiveConfiguration(configuration, new LoggerFactory().CreateLogger<LiveConfiguration>());

        live.Current.Models.Keys.ShouldBe(["mended"]);
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    private static string Model(string more = "") => $$"""{ "m": { "Targets": [ { "Provider": "p", "Model": "x" } ]{{more}} } }""";

    private static string Twice(string alias) => $$"""{ "m": { "Targets": [ { "Provider": "p", "Model": "x" } ] }, "{{alias}}": { "Policy": "Weighted" } }""";

    private void Write(string models, string rest) => File.WriteAllText(_file, $$"""{"Gateway":{"Providers":{"p":{{Provider}}},"Models":{{models}}{{rest}} } }""");

    private IConfigurationRoot Read()
    {
        var source = new GatewayFileSource { Path = _file };
        source.ResolveFileProvider();
        return new ConfigurationBuilder().Add(source).Build();
    }
}
