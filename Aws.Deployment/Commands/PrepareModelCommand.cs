using System.CommandLine;
using System.Net.Http.Headers;
using Aws.Deployment.Configuration;
using Aws.Deployment.Operations;
using Aws.Deployment.Operations.Models;
using Aws.Deployment.Operations.Storage;
using ServiceDefaults.Commands;

namespace Aws.Deployment.Commands;

/// <summary><c>prepare-model --environment NAME [--weights DIR] [--image IMAGE]</c></summary>
internal static class PrepareModelCommand
{
    private const string Hub = "https://huggingface.co";

    public static Command Create()
    {
        var environment = new EnvironmentArguments();
        var weights = new Option<string?>("--weights") { Description = "The folder of the model's files (default: they are fetched from Hugging Face, or from HF_ENDPOINT, with HF_TOKEN).", HelpName = "DIR" };
        var image = new Option<string?>("--image") { Description = "An image of vLLM to copy into the account's registry (default: none; AWS's own is taken).", HelpName = "IMAGE" };
        var command = new Command("prepare-model", "Puts a model's weights into the environment's bucket, where instances without a way out find them, and vLLM's image into its registry.") { weights, image };
        environment.AddTo(command);
        command.SetAction((parsed, cancellationToken) => OperationCommand.RunAsync(async () =>
        {
            var options = environment.Read(parsed);
            if (!options.Inference.IsWanted)
            {
                throw new OperationFault($"{options.Environment} has no model server: Inference:Gpu is none.", $"Set it in environments/{options.Environment}.json, deploy, and run it again.");
            }

            if (parsed.GetValue(weights) is { } given && !Directory.Exists(given))
            {
                throw new OperationFault($"{given} is no folder.", "Give the folder that the model's files are in.");
            }

            using var http = new HttpClient { Timeout = OperationCommand.Patience };
            var (api, caller) = await OperationCommand.OpenAsync(options, http, cancellationToken);
            var folder = parsed.GetValue(weights) ?? await FetchAsync(options, cancellationToken);
            var files = WeightFile.In(folder);
            if (files.Count == 0)
            {
                throw new OperationFault($"There are no files in {folder}.", "Give the folder that the model's files are in.");
            }

            using var s3 = BucketClient.Create(api.Session);
            var bucket = ModelBucketName.Of(options, caller.Account);
            await Console.Out.WriteLineAsync($"{files.Count} files go to s3://{bucket}/{options.Inference.Model}/.");
            var store = new ModelStore(s3, bucket, options.Inference.Model, Console.Out, ModelStore.DefaultPartBytes);
            foreach (var file in files)
            {
                await store.PutAsync(file, cancellationToken);
            }

            if (parsed.GetValue(image) is { } source)
            {
                await new ModelImage(options, new ImageRegistry(api, caller.Account), Console.Out).CopyAsync(source, cancellationToken);
            }

            return CommandLine.Done;
        }));
        return command;
    }

    private static async Task<string> FetchAsync(DeploymentOptions options, CancellationToken cancellationToken)
    {
        var hub = Environment.GetEnvironmentVariable("HF_ENDPOINT") is { Length: > 0 } mirror ? mirror : Hub;
        using var http = new HttpClient { BaseAddress = new Uri($"{hub.TrimEnd('/')}/"), Timeout = Timeout.InfiniteTimeSpan };
        if (Environment.GetEnvironmentVariable("HF_TOKEN") is { Length: > 0 } token)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        var folder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "ai-gateway", "models", options.Inference.Model);
        await Console.Out.WriteLineAsync($"Fetching {options.Inference.Model} from {hub} into {folder}.");
        return await new ModelHub(http, Console.Out).FetchAsync(options.Inference.Model, folder, cancellationToken);
    }
}
