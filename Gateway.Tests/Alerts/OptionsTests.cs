using Cost.Worker.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Alerts;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("Alerts:EverySeconds=0", "Alerts:EverySeconds is 0; allowed: 0.05 to 60.")]
    [InlineData("Alerts:EverySeconds=x", "Alerts:EverySeconds")]
    [InlineData("Alerts:Evry=1", "'Evry'")]
    [InlineData("Alerts:Sinks:a:Type=Pager", "Alerts:Sinks:a:Type is 'Pager'; it must be one of Webhook, Slack, Smtp, Sns.")]
    [InlineData("Alerts:Gateway=localhost:8080", "Alerts:Gateway is 'localhost:8080'; it must be an http or https address.")]
    [InlineData("Alerts:ErrorRate:Warning=0.5", "Alerts:ErrorRate:Critical is 0.2; it must not be less than Alerts:ErrorRate:Warning, which is 0.5.")]
    [InlineData("Alerts:Budgets:all:Tenant=acme", "Alerts:Budgets:all:Usd is 0; allowed: 1E-06 to 1000000000.")]
    [InlineData("Alerts:Budgets:one:Key=key_1;Alerts:Budgets:one:User=jane;Alerts:Budgets:one:Usd=1", "Alerts:Budgets:one is of too many; allowed: Key, or User with or without Tenant, or Tenant and Alias, either or both or neither.")]
    [InlineData("Alerts:Sinks:a b:Type=Slack;Alerts:Sinks:a b:Url=https://hooks.example.com/x", "Alerts:Sinks:a b is no name of a sink; allowed: 1 to 64 letters, digits, '-' and '_'.")]
    [InlineData("Alerts:Sinks:a:Url=https://x.example.com", "Alerts:Sinks:a:Type is missing; it must be one of Webhook, Slack, Smtp, Sns.")]
    [InlineData("Alerts:Sinks:a:Type=Webhook;Alerts:Sinks:a:Url=https://x.example.com;Alerts:Sinks:a:Secret=sesame", "Alerts:Sinks:a:Secret must name an environment variable (env:NAME), not hold the secret itself.")]
    [InlineData("Alerts:Sinks:a:Type=Slack;Alerts:Sinks:a:Url=http://x.example.com", "Alerts:Sinks:a:Url is plain HTTP to 'x.example.com'; use https.")]
    [InlineData("Alerts:Sinks:a:Type=Slack;Alerts:Sinks:a:Url=https://169.254.169.254/", "Alerts:Sinks:a:Url leads to '169.254.169.254', of this machine or within a network; use a public address, or set AllowPrivate.")]
    [InlineData("Alerts:Sinks:a:Type=Smtp;Alerts:Sinks:a:Host=mail.example.com;Alerts:Sinks:a:From=x;Alerts:Sinks:a:To:0=y@example.com", "Alerts:Sinks:a:From is 'x'; it must be a mail address.")]
    [InlineData("Alerts:Sinks:a:Type=Smtp;Alerts:Sinks:a:Host=mail.example.com;Alerts:Sinks:a:From=x@example.com;Alerts:Sinks:a:To:0=y@example.com;Alerts:Sinks:a:Tls=false", "Alerts:Sinks:a:Tls is off; that takes a Host of this machine or within a network, and no User.")]
    [InlineData("Alerts:Sinks:a:Type=Sns;Alerts:Sinks:a:Topic=alerts", "Alerts:Sinks:a:Topic is 'alerts'; it must be an ARN such as arn:aws:sns:eu-central-1:123456789012:alerts.")]
    public void A_fault_names_its_key_and_what_is_allowed(string settings, string fault) =>
        Should.Throw<OptionsValidationException>(() => AlertsOptionsValidator.Read(Configuration(settings))).Failures.ShouldHaveSingleItem().ShouldContain(fault);

    [Theory]
    [InlineData("Objectives:chat:Alias=phi", "Objectives:chat:Indicator is missing; it must be one of Availability, Latency, FirstToken.")]
    [InlineData("Objectives:chat:Indicator=Latency", "Objectives:chat:Milliseconds is missing; Latency takes 1 to 3600000.")]
    [InlineData("Objectives:chat:Indicator=Availability;Objectives:chat:TargetPercent=100", "Objectives:chat:TargetPercent is 100; allowed: 50 to 99.999.")]
    public void So_does_one_of_an_objective(string settings, string fault) =>
        Should.Throw<OptionsValidationException>(() => ObjectiveOptionsValidator.Read(Configuration(settings))).Failures.ShouldHaveSingleItem().ShouldBe(fault);

    [Fact]
    public void A_secret_in_place_of_its_reference_is_not_repeated() =>
        Should.Throw<OptionsValidationException>(() => AlertsOptionsValidator.Read(Configuration("Alerts:Sinks:a:Type=Webhook;Alerts:Sinks:a:Url=https://u:sesame@x.example.com;Alerts:Sinks:a:Secret=sesame")))
            .Message.ShouldNotContain("sesame");

    private static IConfiguration Configuration(string settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Split(';').Select(setting => setting.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1]))).Build();
}
