using System.Net;
using System.Net.Sockets;
using Shouldly;
using Xunit;

namespace Gateway.Tests.AppHost;

/// <summary>The AppHost as a process: what it says and how it ends where there is nothing to start.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("gateway-commands-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Help_is_given_and_nothing_started()
    {
        var (exitCode, output, _) = await AppHostCommand.RunAsync("--help");

        exitCode.ShouldBe(0);
        output.ShouldContain("--Ports:gateway PORT");
        output.ShouldNotContain("starting");
    }

    [Fact]
    public async Task A_setting_without_a_value_is_named_and_nothing_started()
    {
        var (exitCode, _, error) = await AppHostCommand.RunAsync("--Ports:gateway=9080", "--local-model");

        exitCode.ShouldBe(2);
        error.ShouldStartWith("'--local-model' has no value.");
    }

    [Theory]
    [InlineData("deploi")]
    [InlineData("--prots", "9080")]
    public async Task What_is_not_known_is_named_and_nothing_started(params string[] args)
    {
        var (exitCode, _, error) = await AppHostCommand.RunAsync(args);

        exitCode.ShouldBe(2);
        error.ShouldStartWith($"'{args[0]}' is not known.");
    }

    [Fact]
    public async Task The_verbs_of_AWS_are_handed_to_the_deployment_tool_with_its_exit_code()
    {
        var (exitCode, _, error) = await AppHostCommand.RunAsync("verify", "--nonsense");

        exitCode.ShouldBe(2);
        error.ShouldContain("'--nonsense'");
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_who_holds_it_and_the_setting_that_moves_it()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;

        var (exitCode, _, error) = await AppHostCommand.RunAsync($"--Data:Directory={_data}", $"--Ports:gateway={port}", "--Ports:model=99999");

        exitCode.ShouldBe(1);
        error.ShouldContain($"Port {port}, where 'gateway' is to listen, is in use by ");
        error.ShouldContain(OperatingSystem.IsLinux() ? $"(process {Environment.ProcessId})" : "another process");
        error.ShouldContain($"--Ports:gateway {port + 1000}");
        error.ShouldContain("Ports:model is '99999'; it must be a number from 1 to 65535.");
    }

    [Theory]
    [InlineData("--Ports:dashboard=8000", "model", 8000)]
    [InlineData("--Ports:gateway=18888", "gateway", 18888)]
    public async Task The_dashboards_port_given_to_another_resource_too_is_told_in_one_line_that_names_both_settings(string setting, string resource, int port)
    {
        var (exitCode, _, error) = await AppHostCommand.RunAsync($"--Data:Directory={_data}", setting);

        exitCode.ShouldBe(1);
        error.Split(Environment.NewLine).ShouldContain($"Ports:dashboard and Ports:{resource} are both {port}; each needs a port of its own.");
    }
}
