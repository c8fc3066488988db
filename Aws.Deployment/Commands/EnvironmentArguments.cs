using System.CommandLine;
using Aws.Deployment.Configuration;

namespace Aws.Deployment.Commands;

/// <summary>Which environment a command is about, and what differs from its file.</summary>
internal sealed class EnvironmentArguments
{
    private readonly Option<string> _environment = new("--environment") { Description = $"One of {string.Join(", ", Environments.Known)}.", HelpName = "NAME", Required = true };
    private readonly Option<string?> _domain = new("--domain") { Description = "A domain with a public hosted zone in the account; the gateway is then at https://openai.DOMAIN/v1.", HelpName = "DOMAIN" };
    private readonly Option<string?> _region = new("--region") { Description = "The AWS region (default: the environment's).", HelpName = "REGION" };
    private readonly Option<string?> _compute = new("--compute") { Description = $"What the gateway runs on, one of {string.Join(", ", Computes.Known)} (default: the environment's).", HelpName = "NAME" };

    public void AddTo(Command command)
    {
        command.Add(_environment);
        command.Add(_domain);
        command.Add(_region);
        command.Add(_compute);
    }

    /// <exception cref="DeploymentOptionsException">What is asked for cannot be.</exception>
    public DeploymentOptions Read(ParseResult parsed) => DeploymentOptionsReader.Read(
        parsed.GetRequiredValue(_environment),
        new DeploymentOverrides { Domain = parsed.GetValue(_domain), Region = parsed.GetValue(_region), Compute = parsed.GetValue(_compute) });
}
