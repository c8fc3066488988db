using Aws.Deployment.Operations.Cdk;

namespace Aws.Deployment.Operations.Models;

/// <summary>Copies a container image into the account's registry with what the machine has: skopeo, else docker.</summary>
internal static class ImageCopy
{
    /// <param name="login">The registry that it goes to.</param>
    /// <param name="name">What it is called there, with its tag.</param>
    /// <exception cref="OperationFault">There is neither, or it could not.</exception>
    public static async Task RunAsync(RegistryLogin login, string source, string name, CancellationToken cancellationToken)
    {
        var target = $"{login.Host}/{name}";
        var result = await Tool.RunAsync("skopeo", ["copy", "--quiet", "--override-arch", "amd64", "--override-os", "linux", "--dest-creds", $"{login.User}:{login.Password}", $"docker://{source}", $"docker://{target}"], cancellationToken)
            ?? await DockerAsync(login, source, target, cancellationToken)
            ?? throw new OperationFault($"{source} was not copied to {target}, since neither skopeo nor docker is on the PATH.", "Install one of them (apt-get install skopeo), or leave --image out: AWS's own image of vLLM is taken then.");
        if (result.ExitCode != 0)
        {
            throw new OperationFault($"{source} was not copied to {target}:\n{result.End}", "Mend what it names, and run it again.");
        }
    }

    private static async Task<ToolResult?> DockerAsync(RegistryLogin login, string source, string target, CancellationToken cancellationToken)
    {
        ToolResult? last = null;
        foreach (var (arguments, input) in new (string[] Arguments, string Input)[]
        {
            (["login", "--username", login.User, "--password-stdin", login.Host], login.Password),
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
