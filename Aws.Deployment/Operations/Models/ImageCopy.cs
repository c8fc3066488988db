using Aws.Deployment.Operations.Cdk;

namespace Aws.Deployment.Operations.Models;

/// <summary>Copies a container image into the account's registry with what the machine has: skopeo, else docker.</summary>
internal static class ImageCopy
{
    /// <param name="target">With its registry, repository and tag.</param>
    /// <exception cref="OperationFault">There is neither, or it could not.</exception>
    public static async Task RunAsync(ImageRegistry registry, string source, string target, CancellationToken cancellationToken)
    {
        var (user, password) = await registry.LogInAsync(cancellationToken);
        var result = await Tool.RunAsync("skopeo", ["copy", "--quiet", "--override-arch", "amd64", "--override-os", "linux", "--dest-creds", $"{user}:{password}", $"docker://{source}", $"docker://{target}"], cancellationToken)
            ?? await DockerAsync(registry, user, password, source, target, cancellationToken)
            ?? throw new OperationFault($"{source} was not copied to {target}, since neither skopeo nor docker is on the PATH.", "Install one of them (apt-get install skopeo), or leave --image out: AWS's own image of vLLM is taken then.");
        if (result.ExitCode != 0)
        {
            throw new OperationFault($"{source} was not copied to {target}:\n{result.End}", "Mend what it names, and run it again.");
        }
    }

    private static async Task<ToolResult?> DockerAsync(ImageRegistry registry, string user, string password, string source, string target, CancellationToken cancellationToken)
    {
        ToolResult? last = null;
        foreach (var (arguments, input) in new (string[] Arguments, string Input)[]
        {
            (["login", "--username", user, "--password-stdin", registry.Host], password),
            (["pull", "--quiet", "--platform", "linux/amd64", source], ""),
            (["tag", source, target], ""),
            (["push", "--quiet", target], ""),
        })
        {
            last = await Tool.RunAsync("docker", arguments, cancellationToken, input: input);
            if (last is not { ExitCode: 0 })
            {
                break;
            }
        }

        return last;
    }
}
