using System.CommandLine;
using Aws.Deployment.Publishing;
using ServiceDefaults.Commands;

namespace Aws.Deployment.Commands;

/// <summary><c>publish --environment NAME [--output DIR]</c></summary>
internal static class PublishCommand
{
    public static Command Create()
    {
        var environment = new EnvironmentArguments();
        var output = new Option<string?>("--output") { Description = "The folder to write to (default: publish/NAME).", HelpName = "DIR" };
        var command = new Command("publish", "Writes templates, packages, parameters and the estimate of an environment into a folder. Takes no account.") { output };
        environment.AddTo(command);
        command.SetAction((parsed, cancellationToken) => EnvironmentCommand.RunAsync(async () =>
        {
            var options = environment.Read(parsed);
            var folder = Path.GetFullPath(parsed.GetValue(output) ?? Path.Combine("publish", options.Environment));
            var publication = await Publication.CreateAsync(options, folder, cancellationToken);
            await Console.Out.WriteLineAsync(PublicationReport.Of(publication));
            return CommandLine.Done;
        }));
        return command;
    }
}
