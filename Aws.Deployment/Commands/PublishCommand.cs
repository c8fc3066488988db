using System.CommandLine;
using Aws.Deployment.Packages;
using Aws.Deployment.Publishing;
using ServiceDefaults.Commands;

namespace Aws.Deployment.Commands;

/// <summary><c>publish --environment NAME [--output DIR] [--images [--base-image IMAGE]]</c></summary>
internal static class PublishCommand
{
    public static Command Create()
    {
        var environment = new EnvironmentArguments();
        var output = new Option<string?>("--output") { Description = "The folder to write to (default: publish/NAME).", HelpName = "DIR" };
        var images = new Option<bool>("--images") { Description = "Makes archives of the container images too. Needs the registry of what they are built on." };
        var baseImage = new Option<string?>("--base-image") { Description = "What images are built on (default: mcr.microsoft.com/dotnet/aspnet of the SDK's version).", HelpName = "IMAGE" };
        var command = new Command("publish", "Writes templates, packages, parameters and the estimate of an environment into a folder. Takes no account.") { output, images, baseImage };
        environment.AddTo(command);
        command.SetAction((parsed, cancellationToken) => EnvironmentCommand.RunAsync(async () =>
        {
            var options = environment.Read(parsed);
            var folder = Path.GetFullPath(parsed.GetValue(output) ?? Path.Combine("publish", options.Environment));
            Publication.Clear(folder);
            var services = await ServiceBuilds.OfCheckout(Console.Out).LatestAsync(cancellationToken);
            await Console.Out.WriteLineAsync($"Making templates of {options.Prefix} …");
            var publication = await Publication.CreateAsync(options, services, folder, cancellationToken);
            if (parsed.GetValue(images))
            {
                await Console.Out.WriteLineAsync("Making images …");

                // Beside what can be made anew to the byte: an image bears the time of its making.
                await ImageBuilder.BuildAsync(services, publication.Packages, Path.Combine(folder, Publication.ImagesFolder), parsed.GetValue(baseImage), cancellationToken);
            }

            await Console.Out.WriteLineAsync(PublicationReport.Of(publication));
            return CommandLine.Done;
        }));
        return command;
    }
}
