using Aws.Deployment.Configuration;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Configuration;

public sealed class DeploymentOptionsValidatorTests
{
    private static readonly DeploymentOptions Good = new() { Environment = "dev", Domain = "example.com" };

    [Fact]
    public void What_is_left_out_holds() => DeploymentOptionsValidator.Validate(Good).ShouldBeEmpty();

    [Theory]
    [InlineData("ai-gateway-of-the-platform-team")]
    [InlineData("a")]
    [InlineData("Gateway")]
    [InlineData("9gateway")]
    [InlineData("gateway-")]
    [InlineData("gate_way")]
    [Trait("Requirement", "D7.3")]
    public void A_name_that_resources_cannot_have(string name) =>
        Fault(Good with { Name = name }).ShouldBe($"Name is '{name}', of {name.Length} characters; allowed: 2 to 20 lower-case letters, digits and dashes, the first a letter, the last no dash.");

    [Theory]
    [InlineData("p5.48xlarge")]
    [InlineData("t3.micro")]
    [InlineData("")]
    [Trait("Requirement", "V1.3")]
    public void A_GPU_that_is_none(string type) =>
        Fault(Good with { Inference = new() { Gpu = type } }).ShouldStartWith($"Inference:Gpu is '{type}'; allowed: none, g4dn.xlarge, g4dn.2xlarge, ");

    [Fact]
    public void A_GPU_without_a_domain() =>
        Fault(Good with { Domain = null, Inference = new() { Gpu = "g5.xlarge" } }).ShouldStartWith("Inference:Gpu is 'g5.xlarge', and there is no domain; allowed: none, or any with --domain DOMAIN");

    [Fact]
    [Trait("Requirement", "V3.4")]
    public void Fewer_instances_at_most_than_at_least() =>
        Fault(Good with { Inference = new() { MinInstances = 3, MaxInstances = 2 } }).ShouldBe("Inference:MinInstances is 3; allowed: at most Inference:MaxInstances, which is 2.");

    [Fact]
    [Trait("Requirement", "V3.3")]
    public void No_instance_at_all() =>
        Fault(Good with { Inference = new() { MinInstances = 0 } }).ShouldBe("Inference:MinInstances is 0; allowed: 1 to 20.");

    [Fact]
    public void Fewer_tasks_at_most_than_at_least() =>
        Fault(Good with { Gateway = new() { MinTasks = 5, MaxTasks = 4 } }).ShouldBe("Gateway:MinTasks is 5; allowed: at most Gateway:MaxTasks, which is 4.");

    [Fact]
    public void A_time_that_Lambda_does_not_have() =>
        Fault(Good with { Gateway = new() { TimeoutSeconds = 901 } }).ShouldBe("Gateway:TimeoutSeconds is 901; allowed: 60 to 900.");

    [Fact]
    public void Memory_that_Fargate_does_not_have() =>
        Fault(Good with { Gateway = new() { Compute = "fargate", MemoryMegabytes = 3072 } }).ShouldBe("Gateway:MemoryMegabytes is 3072; allowed on Fargate: 1024, 2048, 4096, 8192.");

    [Theory]
    [InlineData("10.300.0.0/16")]
    [InlineData("10.0.0.0/24")]
    [InlineData("8.8.0.0/16")]
    [InlineData("172.32.0.0/16")]
    public void An_address_range_that_is_not_private_or_not_of_that_size(string cidr) =>
        Fault(Good with { Network = new() { Cidr = cidr } }).ShouldStartWith($"Network:Cidr is '{cidr}'; allowed: ");

    [Fact]
    public void More_gateways_than_zones() =>
        Fault(Good with { Network = new() { NatGateways = 3 } }).ShouldBe("Network:NatGateways is 3; allowed: at most Network:Zones, which is 2.");

    [Fact]
    public void A_mode_that_the_cost_worker_does_not_have() =>
        Fault(Good with { Cost = new() { Mode = "never" } }).ShouldBe("Cost:Mode is 'never'; allowed: service, schedule.");

    [Fact]
    public void An_address_that_no_mail_reaches() =>
        Fault(Good with { Monitoring = new() { Email = "on call" } }).ShouldBe("Monitoring:Email is 'on call'; allowed: an address such as oncall@example.com, or none.");

    private static string Fault(DeploymentOptions options) => DeploymentOptionsValidator.Validate(options).ShouldHaveSingleItem();
}
