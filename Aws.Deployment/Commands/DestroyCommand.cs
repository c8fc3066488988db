using System.CommandLine;
using Aws.Deployment.Configuration;
using Aws.Deployment.Operations;
using ServiceDefaults.Commands;

namespace Aws.Deployment.Commands;

/// <summary><c>destroy --environment NAME [--delete-secrets] [--yes] [--allow-prod]</c></summary>
internal static class DestroyCommand
{
    private const string Guarded = "prod";

    public static Command Create()
    {
        var environment = new EnvironmentArguments();
        var secrets = new Option<bool>("--delete-secrets") { Description = "Deletes the secrets of providers and of the demo page too; they can be had back for a week." };
        var yes = new Option<bool>("--yes") { Description = "Asks nothing. Without it the environment's name has to be typed." };
        var allow = new Option<bool>("--allow-prod") { Description = $"Has to be there for {Guarded}." };
        var command = new Command("destroy", "Takes an environment away from AWS, and says what is gone and what is left.") { secrets, yes, allow };
        environment.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OperationCommand.RunAsync(async () =>
        {
            var options = environment.Read(parsed);
            if (options.Environment == Guarded && !parsed.GetValue(allow))
            {
                throw new OperationFault($"{Guarded} is not taken away by accident: nothing was touched.", "Add --allow-prod if you mean it.");
            }

            using var http = new HttpClient { Timeout = OperationCommand.Patience };
            var (api, caller) = await OperationCommand.OpenAsync(options, http, cancellationToken);
            var destroyer = new Destroyer(options, api, Console.Out, OperationCommand.Interval, TimeProvider.System);
            var stacks = await destroyer.FindAsync(cancellationToken);
            await Console.Out.WriteLineAsync($"In account {caller.Account}, to be deleted: {(stacks.Count == 0 ? "no stack" : string.Join(", ", stacks.Select(one => one.Stack.Name)))}.");
            if (!parsed.GetValue(yes) && !await IsMeantAsync(options, cancellationToken))
            {
                throw new OperationFault("That is not the environment's name: nothing was touched.", $"Run it again and type {options.Environment}, or give --yes.");
            }

            await destroyer.RunAsync(stacks, parsed.GetValue(secrets), cancellationToken);
            await Console.Out.WriteLineAsync(destroyer.Report());
            return CommandLine.Done;
        }));
        return command;
    }

    private static async Task<bool> IsMeantAsync(DeploymentOptions options, CancellationToken cancellationToken)
    {
        await Console.Out.WriteAsync($"Type {options.Environment} to go on: ");
        return await Console.In.ReadLineAsync(cancellationToken) == options.Environment;
    }
}
