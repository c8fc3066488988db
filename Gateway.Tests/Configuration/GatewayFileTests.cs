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
        { Model(), ""","Limits":{"Retrys":1}""", "Gateway:Limits:Retrys is not known; did you mean 'Retries'?" },
        { Model(), ""","Limits":{"Retries":"many"}""", "Gateway:Limits:Retries is 'many'; it must be a whole number from 0 to 10." },
        { Model(), ""","Limits":{"Retries":"1"}""", "Gateway:Limits:Retries is '1'; it must be a whole number from 0 to 10." },
        { Model(), ""","Tiers":["free"]""", "Gateway:Tiers is a list; it must be an object." },
        { Model(), ""","PassThrough":"\ud800" """, "gateway.json holds text that is no Unicode" },
        { """{"m":{"Targets":[{"Provider":"p","Model":"x","Wieght":1}]}}""", ""","PassThrough":"q" """, "Gateway:PassThrough is 'q'; allowed: p" },
        { """{"m":{"Targets":[{"Provider":"p","Model":"x","Wieght":1}]}}""", ""","PassThrough":"q" """, "Gateway:Models:m:Targets:0:Wieght is not known; did you mean 'Weight'?" },
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
        configuration.Providers.First().Load();

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
        configuration.Providers.First().Load();

        using var live = new LiveConfiguration(configuration, new LoggerFactory().CreateLogger<LiveConfiguration>());

        live.Current.Models.Keys.ShouldBe(["mended"]);
    }

    [Fact]
    public void What_is_null_is_not_there_and_an_entry_without_options_is()
    {
        Write(Model(), ""","PassThrough":null,"Limits":null,"Tiers":{"free":{}},"Cors":{"Origins":[]}""");

        using var live = new LiveConfiguration(Read(), new LoggerFactory().CreateLogger<LiveConfiguration>());

        live.Current.Limits.ShouldBe(new LimitsOptions());
        live.Current.Tiers.Keys.ShouldBe(["free"]);
    }

    [Fact]
    [Trait("Requirement", "G7.4")]
    public void A_section_with_a_typo_in_its_name_is_told()
    {
        File.WriteAllText(_file, """{"Gatway":{"Models":{}},"Logging":{}}""");

        Should.Throw<OptionsValidationException>(() => new LiveConfiguration(Read(), new LoggerFactory().CreateLogger<LiveConfiguration>()))
            .Failures.ShouldBe(["Gatway is not known; did you mean 'Gateway'?"]);
    }

    [Fact]
    public void In_the_environment_an_unknown_key_is_warned_of_and_a_value_of_the_wrong_type_refused()
    {
        Write(Model(), "");
        var log = new LogRecorder();
        using (new LiveConfiguration(Read(("Gateway:Limits:Retrys", "1"), ("Gateway:Models:m:Targets:0:x", "1"), ("Gateway:Prices:p/x:1:Input", "1")), new LoggerFactory([log]).CreateLogger<LiveConfiguration>()))
        {
            log.Lines.Where(line => line.Level == LogLevel.Warning).Select(line => line.Message[..line.Message.IndexOf(';', StringComparison.Ordinal)]).ShouldBe(
                ["A setting of the environment or the arguments has no effect: Gateway:Limits:Retrys is not known", "A setting of the environment or the arguments has no effect: Gateway:Models:m:Targets:0:x is not known"],
                ignoreOrder: true);
        }

        Should.Throw<OptionsValidationException>(() => new LiveConfiguration(Read(("Gateway:Limits:Retries", "x"), ("Gateway:Limits:QueueLength", "y"), ("Gateway:Limits", "z")), new LoggerFactory().CreateLogger<LiveConfiguration>()))
            .Failures.ShouldBe(
                ["Gateway:Limits:Retries is 'x'; it must be a whole number from 0 to 10.", "Gateway:Limits:QueueLength is 'y'; it must be a whole number from 0 to 100000.", "Gateway:Limits is 'z'; it must be an object."],
                ignoreOrder: true);
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    private static string Model(string more = "") => $$"""{ "m": { "Targets": [ { "Provider": "p", "Model": "x" } ]{{more}} } }""";

    private static string Twice(string alias) => $$"""{ "m": { "Targets": [ { "Provider": "p", "Model": "x" } ] }, "{{alias}}": { "Policy": "Weighted" } }""";

    private void Write(string models, string rest) => File.WriteAllText(_file, $$"""{"Gateway":{"Providers":{"p":{{Provider}}},"Models":{{models}}{{rest}} } }""");

    private IConfigurationRoot Read(params (string Key, string? Value)[] environment)
    {
        var source = new GatewayFileSource { Path = _file };
        source.ResolveFileProvider();
        return new ConfigurationBuilder().Add(source).AddInMemoryCollection(environment.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))).Build();
    }
}
