using System.CommandLine;
using System.Security.Cryptography;
using Aws.Deployment.Operations;
using Aws.Deployment.Operations.Aws;
using Aws.Deployment.Stacks;
using ServiceDefaults.Commands;

namespace Aws.Deployment.Commands;

/// <summary><c>rotate-secret --environment NAME [--name KEY]</c>, with the new value on standard input.</summary>
internal static class RotateSecretCommand
{
    private static readonly string[] Known = [Secrets.OpenAIKey, Secrets.AdminKey];

    public static Command Create()
    {
        var environment = new EnvironmentArguments();
        var name = new Option<string>("--name") { Description = $"Which secret, one of {string.Join(", ", Known)} (default: {Secrets.OpenAIKey}). A new admin key is made up and not asked for.", HelpName = "NAME", DefaultValueFactory = _ => Secrets.OpenAIKey };
        name.AcceptOnly(Known);
        var command = new Command("rotate-secret", "Puts a new secret into Secrets Manager, from standard input. The gateway takes it within five minutes, without being deployed again.") { name };
        environment.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OperationCommand.RunAsync(async () =>
        {
            var options = environment.Read(parsed);
            var key = parsed.GetRequiredValue(name);
            using var http = new HttpClient { Timeout = OperationCommand.Patience };
            var (api, _) = await OperationCommand.OpenAsync(options, http, cancellationToken);
            var secret = key == Secrets.AdminKey ? Secrets.Admin(options) : Secrets.Providers(options);
            var stored = new JsonSecret(new SecretsManager(api), secret, "API keys of model providers, read by the gateway at run time.");
            if (key == Secrets.AdminKey && await stored.GetAsync(key, cancellationToken) is null)
            {
                throw new OperationFault($"There is no secret {secret} with {key}.", $"Deploy first, which makes it (deploy --environment {options.Environment}).");
            }

            var value = key == Secrets.AdminKey ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) : await ReadAsync(key, cancellationToken);
            await stored.PutAsync(key, value, cancellationToken);
            if (key == Secrets.AdminKey)
            {
                await Console.Out.WriteLineAsync($"{key} of secret {secret} is new. The gateway reads it within five minutes.");
                await new AdminKeyReaders(options, api, Console.Out).RestartAsync(cancellationToken);
            }
            else
            {
                await Console.Out.WriteLineAsync($"{key} of secret {secret} is new. The gateway reads it within five minutes, and at once where a provider refuses the old one; then revoke the old one.");
            }

            return CommandLine.Done;
        }));
        return command;
    }

    private static async Task<string> ReadAsync(string key, CancellationToken cancellationToken)
    {
        if (!Console.IsInputRedirected)
        {
            await Console.Out.WriteAsync($"The new {key}: ");
        }

        return await Console.In.ReadLineAsync(cancellationToken) ?? "";
    }
}
