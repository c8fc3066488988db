using System.Text;
using System.Text.Json.Nodes;
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
        var result = await SkopeoAsync(login, source, target, cancellationToken)
            ?? await DockerAsync(login, source, target, cancellationToken)
            ?? throw new OperationFault($"{source} was not copied to {target}, since neither skopeo nor docker is on the PATH.", "Install one of them (apt-get install skopeo), or leave --image out: AWS's own image of vLLM is taken then.");
        if (result.ExitCode != 0)
        {
            throw new OperationFault($"{source} was not copied to {target}:\n{result.End}", "Mend what it names, and run it again.");
        }
    }

    // By a file of the owner's that goes afterwards: whoever is on the machine may read arguments. The source's own login stays where skopeo looks for it.
    private static async Task<ToolResult?> SkopeoAsync(RegistryLogin login, string source, string target, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("gateway-registry-");
        try
        {
            var file = Path.Combine(folder.FullName, "auth.json");
            await WriteAsync(file, login, cancellationToken);
            return await Tool.RunAsync("skopeo", ["copy", "--quiet", "--override-arch", "amd64", "--override-os", "linux", "--dest-authfile", file, $"docker://{source}", $"docker://{target}"], cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // {"auths":{"123456789012.dkr.ecr.eu-central-1.amazonaws.com":{"auth":"QVdTOi4uLg=="}}}
    // https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md
    private static async Task WriteAsync(string path, RegistryLogin login, CancellationToken cancellationToken)
    {
        var auth = new JsonObject { ["auth"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.User}:{login.Password}")) };
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new FileStream(path, how);
        await file.WriteAsync(Encoding.UTF8.GetBytes(new JsonObject { ["auths"] = new JsonObject { [login.Host] = auth } }.ToJsonString()), cancellationToken);
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
