using Aws.Deployment.Configuration;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Configuration;

public sealed class DeploymentOptionsReaderTests
{
    [Theory]
    [InlineData("dev")]
    [InlineData("test")]
    [InlineData("prod")]
    [Trait("Requirement", "D7.1")]
    [Trait("Requirement", "V2.4")]
    public void Each_environment_has_a_file_that_holds(string environment) => DeploymentOptionsReader.Read(environment).Environment.ShouldBe(environment);

    [Fact]
    [Trait("Requirement", "D7.2")]
    public void Environments_have_parameters_of_their_own()
    {
        var (dev, test, prod) = (DeploymentOptionsReader.Read("dev"), DeploymentOptionsReader.Read("test"), DeploymentOptionsReader.Read("prod"));

        new[] { dev.Network.Cidr, test.Network.Cidr, prod.Network.Cidr }.ShouldBeUnique();
        (dev.ProtectData, test.ProtectData, prod.ProtectData).ShouldBe((false, false, true));
        (dev.Network.NatGateways, test.Network.NatGateways, prod.Network.NatGateways).ShouldBe((0, 1, 2));
    }

    [Fact]
    public void The_command_line_goes_over_the_file()
    {
        var options = DeploymentOptionsReader.Read("dev", new() { Region = "us-west-2", Domain = "example.com", Compute = "fargate" });

        (options.Region, options.Domain, options.Gateway.Compute).ShouldBe(("us-west-2", "example.com", "fargate"));
    }

    [Fact]
    public void An_unknown_environment_is_refused_with_those_there_are() =>
        FaultsOf("staging", new()).ShouldBe(["--environment is 'staging'; allowed: dev, test, prod."]);

    [Theory]
    [InlineData("eu-central-9", null, null, "Region is 'eu-central-9'; allowed: ap-northeast-1, ")]
    [InlineData("Frankfurt", null, null, "Region is 'Frankfurt'; allowed: ")]
    [InlineData(null, "https://example.com", null, "Domain is 'https://example.com'; allowed: ")]
    [InlineData(null, "example", null, "Domain is 'example'; allowed: ")]
    [InlineData(null, "example.com/v1", null, "Domain is 'example.com/v1'; allowed: ")]
    [InlineData(null, "Example.com", null, "Domain is 'Example.com'; allowed: ")]
    [InlineData(null, "-a.example.com", null, "Domain is '-a.example.com'; allowed: ")]
    [InlineData(null, "example.com", "ec2", "Gateway:Compute is 'ec2'; allowed: lambda, fargate.")]
    [InlineData(null, null, "ec2", "Gateway:Compute is 'ec2'; allowed: lambda, fargate.")]
    [InlineData(null, null, "fargate", "Gateway:Compute is 'fargate', and there is no domain; allowed: lambda, or fargate with --domain DOMAIN")]
    public void What_the_command_line_cannot_say_is_refused_with_what_it_can(string? region, string? domain, string? compute, string fault) =>
        FaultsOf("dev", new() { Region = region, Domain = domain, Compute = compute }).ShouldHaveSingleItem().ShouldStartWith(fault);

    [Fact]
    public void All_faults_are_told_at_once() => FaultsOf("dev", new() { Region = "x", Domain = "y" }).Count.ShouldBe(2);

    private static IReadOnlyList<string> FaultsOf(string environment, DeploymentOverrides overrides) =>
        Should.Throw<DeploymentOptionsException>(() => DeploymentOptionsReader.Read(environment, overrides)).Faults;
}
