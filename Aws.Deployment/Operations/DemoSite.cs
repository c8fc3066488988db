using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Aws.Deployment.Configuration;
using Aws.Deployment.Operations.Aws;
using Aws.Deployment.Operations.Cdk;
using Aws.Deployment.Operations.Storage;
using Aws.Deployment.Stacks;

namespace Aws.Deployment.Operations;

/// <summary>The demo page's key, which the gateway makes, and its files.</summary>
internal sealed class DemoSite(DeploymentOptions options, AwsApi api, TextWriter output)
{
    private const string Description = "The API key of the demo page: CloudFront sends it.";
    private const int RequestsPerMinute = 60;
    private const string ConsoleFolder = "console/";

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".ico"] = "image/x-icon",
        [".woff2"] = "font/woff2",
    };

    /// <summary>Makes the key where there is none; it is read where the stack is, which is another region with a domain.</summary>
    public async Task EnsureKeyAsync(GatewayAdmin admin, StackArtifact stack, CancellationToken cancellationToken)
    {
        var secret = new JsonSecret(new SecretsManager(api.In(stack.Region)), Secrets.Demo(options), Description);
        if (await secret.GetAsync(Secrets.DemoKey, cancellationToken) is null)
        {
            var made = await admin.CreateAsync(new JsonObject { ["name"] = "demo page", ["tenant"] = "demo", ["limits"] = new JsonObject { ["requests_per_minute"] = RequestsPerMinute } }, cancellationToken);
            await secret.PutAsync(Secrets.DemoKey, made.Key, cancellationToken);
            await output.WriteLineAsync($"Secret {secret.Name} was made, with an API key of {RequestsPerMinute} requests a minute.");
        }
    }

    /// <param name="folder">What the page consists of.</param>
    public async Task UploadAsync(StackArtifact stack, string bucket, string folder, CancellationToken cancellationToken)
    {
        using var s3 = BucketClient.Create(api.In(stack.Region).Session);
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => (Path: file, Key: Path.GetRelativePath(folder, file).Replace('\\', '/')))
            .Where(file => options.Demo.Console || !file.Key.StartsWith(ConsoleFolder, StringComparison.Ordinal)).ToList();
        foreach (var (file, key) in files)
        {
            await s3.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = bucket,
                    Key = key,
                    FilePath = file,
                    ContentType = Types.GetValueOrDefault(Path.GetExtension(file), "application/octet-stream"),
                    Headers = { CacheControl = file.EndsWith(".html", StringComparison.Ordinal) ? "no-cache" : "max-age=300" },
                },
                cancellationToken);
        }

        await output.WriteLineAsync($"{files.Count} files of the demo page are in {bucket}.");
    }
}
