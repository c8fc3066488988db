using System.Security.Cryptography;
using Amazon.S3;
using Aws.Deployment.Operations.Models;
using Aws.Deployment.Operations.Storage;
using Aws.Deployment.Tests.Hosts.Aws;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Operations;

[Trait("Requirement", "V1.1")]
[Trait("Requirement", "V6.2")]
public sealed class ModelStoreTests : AwsTest
{
    private const int PartBytes = 1000;
    private const string Weights = "models/owner/model/sub/weights.safetensors";

    [Fact]
    public async Task Files_are_sent_whole_or_in_parts_and_once()
    {
        var files = Files(small: 10, large: 3500);

        await PutAsync(files);

        Aws.Buckets.Objects["models/owner/model/config.json"].ShouldBe(await File.ReadAllBytesAsync(files[0].Path, Token));
        Aws.Buckets.Objects[Weights].ShouldBe(await File.ReadAllBytesAsync(files[1].Path, Token));
        Sent("UploadPart").ShouldBe(4);

        await PutAsync(files);
        Sent("UploadPart").ShouldBe(4);
        Output.ToString().ShouldContain("sub/weights.safetensors: there already");
    }

    [Fact]
    public async Task An_upload_that_was_broken_off_is_gone_on_with()
    {
        var files = Files(small: 10, large: 3500);
        Aws.Fail("UploadPart 3", 403, "AccessDenied", "Access Denied", times: 1);

        await Should.ThrowAsync<AmazonS3Exception>(() => PutAsync(files));
        Aws.Buckets.Objects.ShouldNotContainKey(Weights);
        await PutAsync(files);

        Aws.Buckets.Objects[Weights].ShouldBe(await File.ReadAllBytesAsync(files[1].Path, Token));
        Sent("UploadPart 1").ShouldBe(1);
        Sent("UploadPart 2").ShouldBe(1);
        Sent("UploadPart 3").ShouldBe(2);
    }

    private int Sent(string action) => Aws.Calls.Count(call => call.Action.StartsWith(action, StringComparison.Ordinal));

    private IReadOnlyList<WeightFile> Files(int small, int large)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, "weights")).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "sub"));
        Directory.CreateDirectory(Path.Combine(folder, ".cache"));
        File.WriteAllBytes(Path.Combine(folder, "config.json"), RandomNumberGenerator.GetBytes(small));
        File.WriteAllBytes(Path.Combine(folder, "sub", "weights.safetensors"), RandomNumberGenerator.GetBytes(large));
        File.WriteAllText(Path.Combine(folder, ".cache", "left-out"), "");
        var files = WeightFile.In(folder);
        files.Select(file => file.Name).ShouldBe(["config.json", "sub/weights.safetensors"]);
        return files;
    }

    private async Task PutAsync(IReadOnlyList<WeightFile> files)
    {
        using var s3 = BucketClient.Create(Api.Session);
        var store = new ModelStore(s3, "models", "owner/model", Output, PartBytes);
        foreach (var file in files)
        {
            await store.PutAsync(file, Token);
        }
    }
}
