using Gateway.Api.Configuration;
using Gateway.Api.Providers.ChatClients;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Configuration;

public class GatewayOptionsTests
{
    [Fact]
    public void The_configuration_that_ships_holds()
    {
        using var live = Read(new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "gateway.json")).Build());

        live.Current.Models.Keys.ShouldBe(["claude-haiku", "claude-sonnet", "gpt-4o", "gpt-4o-mini", "gpt-oss", "local-embeddings", "nova-lite", "phi-3-mini", "text-embedding-3-small", "titan-embeddings"], ignoreOrder: true);
        live.Current.Limits.ShouldBe(new LimitsOptions());
    }

    [Fact]
    public void Every_target_that_ships_has_its_dated_price()
    {
        using var live = Read(new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "gateway.json")).Build());

        var targets = live.Current.Models.Values.SelectMany(model => model.Targets).Select(target => $"{target.Provider}/{target.Model}");
        targets.Where(target => live.Current.Prices.Find(target, new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero)) is null).ShouldBeEmpty();
    }

    [Fact]
    public void All_faults_are_named_together_each_with_its_key_and_what_is_allowed()
    {
        var failure = Should.Throw<OptionsValidationException>(() => Read(Settings(
            ("Gateway:Providers:a:Type", "Cohere"), ("Gateway:Providers:a:BaseUrl", "ftp://x"), ("Gateway:Providers:a:ApiKey", "sk-clear-text"),
            ("Gateway:Providers:b:Type", "OpenAI"), ("Gateway:Providers:b:BaseUrl", "http://models.example.com/v1"),
            ("Gateway:Providers:c:Type", "OpenAI"), ("Gateway:Providers:c:BaseUrl", "https://user:password@models.example.com/v1"),
            ("Gateway:Models:m:Policy", "Random"), ("Gateway:Models:m:Targets:0:Provider", "nobody"), ("Gateway:Models:m:Targets:0:Model", " "),
            ("Gateway:Models:empty:Policy", "Priority"),
            ("Gateway:Limits:RequestTimeoutSeconds", "0"), ("Gateway:Responses:LifetimeHours", "0"), ("Gateway:Access:AdminKey", "hunter2"))));

        failure.Failures.ShouldBe(
            [
                "Gateway:Providers:a:Type is 'Cohere'; allowed: OpenAI, Bedrock, ChatClient.",
                "Gateway:Providers:a:BaseUrl is 'ftp://x'; it must be an absolute http or https address.",
                "Gateway:Providers:a:ApiKey must be a reference of the form env:NAME, secret:NAME#KEY or parameter:NAME, never the secret itself.",
                "Gateway:Providers:b:BaseUrl is plain HTTP to a host that is neither loopback nor private ('models.example.com'); use https, or set Gateway:Providers:b:AllowInsecure.",
                "Gateway:Providers:c:BaseUrl must hold no query, fragment or credentials.",
                "Gateway:Models:empty:Targets is empty; an alias needs at least one target.",
                "Gateway:Models:m:Policy is 'Random'; allowed: Priority, Weighted, LeastLatency, LowestCost, Balanced.",
                "Gateway:Models:m:Targets:0:Provider is 'nobody'; allowed: a, b, c.",
                "Gateway:Models:m:Targets:0:Model is empty; it names the model at the provider.",
                "Gateway:Limits:RequestTimeoutSeconds: The field RequestTimeoutSeconds must be between 1 and 3600.",
                "Gateway:Responses:LifetimeHours: The field LifetimeHours must be between 0.001 and 87600.",
                "Gateway:Access:AdminKey must be a reference of the form env:NAME, secret:NAME#KEY or parameter:NAME, never the secret itself.",
            ],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("aws")]
    public void Pass_through_goes_to_a_provider_that_speaks_OpenAIs_protocol(string provider)
    {
        var failure = Should.Throw<OptionsValidationException>(() => Read(Settings(
            ("Gateway:Providers:b:Type", "OpenAI"), ("Gateway:Providers:b:BaseUrl", "http://localhost/v1"),
            ("Gateway:Providers:a:Type", "OpenAI"), ("Gateway:Providers:a:BaseUrl", "http://localhost/v1"),
            ("Gateway:Providers:aws:Type", "Bedrock"), ("Gateway:Providers:aws:Region", "eu-central-1"),
            ("Gateway:PassThrough", provider), ("Gateway:Limits:MaxPassThroughBytes", "1"))));

        failure.Failures.ShouldBe(
            [
                $"Gateway:PassThrough is '{provider}'; allowed: a, b, which are the providers of type OpenAI, or none.",
                "Gateway:Limits:MaxPassThroughBytes: The field MaxPassThroughBytes must be between 1024 and 1099511627776.",
            ]);
    }

    [Fact]
    public void A_chat_client_is_a_provider_by_its_registration_and_by_nothing_else()
    {
        var registered = new ChatClientRegistration("mine", _ => throw new NotSupportedException());
        var settings = Settings(("Gateway:Models:m:Targets:0:Provider", "mine"), ("Gateway:Models:m:Targets:0:Model", "x"));

        using var live = new LiveConfiguration(settings, NullLogger<LiveConfiguration>.Instance, [registered]);
        live.Current.Providers["mine"].Type.ShouldBe("ChatClient");

        var failure = Should.Throw<OptionsValidationException>(() => new LiveConfiguration(
            Settings(("Gateway:Providers:other:Type", "ChatClient"), ("Gateway:Providers:mine:Type", "OpenAI"), ("Gateway:Providers:mine:BaseUrl", "http://localhost/v1")),
            NullLogger<LiveConfiguration>.Instance,
            [registered]));
        failure.Failures.ShouldBe(
            [
                "Gateway:Providers:mine:Type is 'OpenAI', and a chat client is registered in code under the same name; allowed: ChatClient, or another name for one of them.",
                "Gateway:Providers:other:Type is 'ChatClient', and no chat client is registered in code under 'other'; registered: mine.",
            ]);
    }

    [Fact]
    public void Faults_of_routing_are_named_with_their_keys()
    {
        var failure = Should.Throw<OptionsValidationException>(() => Read(Settings(
            ("Gateway:Providers:a:Type", "OpenAI"), ("Gateway:Providers:a:BaseUrl", "http://localhost/v1"),
            ("Gateway:Models:m:Policy", "LowestCost"), ("Gateway:Models:m:CostShare", "1.5"), ("Gateway:Models:m:FirstTokenTimeoutSeconds", "40"),
            ("Gateway:Models:m:Targets:0:Provider", "a"), ("Gateway:Models:m:Targets:0:Model", "free"), ("Gateway:Models:m:Targets:0:Weight", "-1"), ("Gateway:Models:m:Targets:0:ContextWindow", "0"),
            ("Gateway:Models:m:StreamIdleTimeoutSeconds", "0"),
            ("Gateway:Limits:RequestTimeoutSeconds", "20"), ("Gateway:Limits:FallbackReserveSeconds", "20"), ("Gateway:Limits:Retries", "11"))));

        failure.Failures.ShouldBe(
            [
                "Gateway:Models:m:CostShare is 1.5; allowed: 0 to 1.",
                "Gateway:Models:m:Targets:0:Weight is -1; allowed: 0 to 1000000.",
                "Gateway:Models:m:Targets:0:ContextWindow is 0; allowed: 1 to 2147483647.",
                "Gateway:Models:m:Targets:0: Policy LowestCost wants a price for each target; Gateway:Prices:a/free is missing.",
                "Gateway:Models:m:StreamIdleTimeoutSeconds is 0; allowed: 0.1 to 3600.",
                "Gateway:Models:m: FirstTokenTimeoutSeconds (40) must be less than RequestTimeoutSeconds (20), or no time is left for another target.",
                "Gateway:Models:m: FallbackReserveSeconds (20) must be less than RequestTimeoutSeconds (20), or no time is left for the first target.",
                "Gateway:Limits: FallbackReserveSeconds (20) must be less than RequestTimeoutSeconds (20), or no time is left for the first target.",
                "Gateway:Limits:Retries: The field Retries must be between 0 and 10.",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void Bedrock_wants_a_region_or_an_address()
    {
        var failure = Should.Throw<OptionsValidationException>(() => Read(Settings(
            ("Gateway:Providers:a:Type", "Bedrock"), ("Gateway:Providers:b:Type", "Bedrock"), ("Gateway:Providers:b:Region", "Frankfurt"),
            ("Gateway:Providers:c:Type", "Bedrock"), ("Gateway:Providers:c:BaseUrl", "https://vpce-1.example.com"),
            ("Gateway:Providers:d:Type", "Bedrock"), ("Gateway:Providers:d:Region", "us-gov-west-1"), ("Gateway:Providers:e:Type", "Bedrock"), ("Gateway:Providers:e:Region", "env:AWS_REGION"))));

        failure.Failures.ShouldBe(
        [
            "Gateway:Providers:a:Region is missing; it must be an AWS region such as eu-central-1, or env:AWS_REGION, or else Gateway:Providers:a:BaseUrl must be set.",
            "Gateway:Providers:b:Region is 'Frankfurt'; it must be an AWS region such as eu-central-1, or env:AWS_REGION.",
        ]);
    }

    [Theory]
    [InlineData("http://localhost:8000/v1")]
    [InlineData("http://127.0.0.1:8000/v1")]
    [InlineData("http://[::1]:8000/v1")]
    [InlineData("http://10.1.2.3/v1")]
    [InlineData("http://172.31.0.1/v1")]
    [InlineData("http://192.168.7.7/v1")]
    [InlineData("http://vllm:8000/v1")]
    [InlineData("http://vllm.internal:8000/v1")]
    [InlineData("https://api.openai.com/v1")]
    public void Plain_HTTP_is_for_loopback_and_private_addresses(string url) => ReadProvider(url).ShouldBe(url);

    [Theory]
    [InlineData("http://172.32.0.1/v1")]
    [InlineData("http://8.8.8.8/v1")]
    [InlineData("http://api.openai.com/v1")]
    public void Plain_HTTP_elsewhere_is_refused_unless_it_is_asked_for(string url)
    {
        Should.Throw<OptionsValidationException>(() => ReadProvider(url));

        ReadProvider(url, ("Gateway:Providers:p:AllowInsecure", "true")).ShouldBe(url);
    }

    [Fact]
    public void A_value_of_the_wrong_type_is_named_by_its_key() =>
        Should.Throw<OptionsValidationException>(() => Read(Settings(("Gateway:Limits:MaxRequestBytes", "many")))).Message.ShouldContain("Gateway:Limits:MaxRequestBytes");

    [Fact]
    [Trait("Requirement", "G7.2")]
    public void A_change_that_holds_is_in_force_at_once()
    {
        var settings = Settings(("Gateway:Limits:RequestTimeoutSeconds", "7"));
        using var live = Read(settings);
        GatewayOptions? announced = null;
        live.Changed += options => announced = options;

        settings["Gateway:Limits:RequestTimeoutSeconds"] = "9";
        settings.Reload();

        live.Current.Limits.RequestTimeoutSeconds.ShouldBe(9);
        announced.ShouldBeSameAs(live.Current);
    }

    [Fact]
    [Trait("Requirement", "G7.4")]
    public void A_change_that_does_not_hold_is_refused_and_the_running_one_stays()
    {
        var settings = Settings(("Gateway:Limits:RequestTimeoutSeconds", "7"));
        using var live = Read(settings);
        var before = live.Current;

        settings["Gateway:Limits:RequestTimeoutSeconds"] = "-1";
        settings.Reload();

        live.Current.ShouldBeSameAs(before);
    }

    private static string ReadProvider(string url, params (string Key, string? Value)[] more)
    {
        using var live = Read(Settings([("Gateway:Providers:p:Type", "OpenAI"), ("Gateway:Providers:p:BaseUrl", url), .. more]));
        return live.Current.Providers["p"].BaseUrl;
    }

    private static IConfigurationRoot Settings(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => setting.Value)).Build();

    private static LiveConfiguration Read(IConfiguration configuration) => new(configuration, NullLogger<LiveConfiguration>.Instance);
}
