namespace Gateway.Tests.Dashboard;

/// <summary>A PATH of the test: a shell, and an npm as the test wants it, if any. The dashboard that it brings is a script.</summary>
internal sealed class FakeTools : IDisposable
{
    public const string NpmWithoutNetwork = """
        echo 'npm error code EAI_AGAIN' >&2
        echo 'npm error syscall getaddrinfo' >&2
        echo 'npm error request to https://npm.example/aspire failed, reason: getaddrinfo EAI_AGAIN' >&2
        exit 1
        """;

    // npm install --prefix DIR …
    public const string NpmThatBringsAScript = """
        bin="$3/node_modules/@microsoft/aspire-cli-linux-x64/bin"
        mkdir -p "$bin"
        printf '#!/bin/sh\necho "$@"\nenv\nsleep 600\n' >"$bin/aspire"
        chmod +x "$bin/aspire"
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("gateway-dashboard-").FullName;

    public FakeTools(string? npm = null)
    {
        foreach (var program in (string[])["sh", "env"])
        {
            File.CreateSymbolicLink(Path.Combine(_folder, program), Path.Combine("/usr/bin", program));
        }

        if (npm is not null)
        {
            var script = Path.Combine(_folder, "npm");
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;
            }

            using var writer = new StreamWriter(script, options);
            writer.Write($"#!/bin/sh\n{npm}\n");
        }
    }

    public string[] Arguments => [$"--PATH={_folder}", $"--Dashboard:ToolsDirectory={Path.Combine(_folder, "tools")}"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
