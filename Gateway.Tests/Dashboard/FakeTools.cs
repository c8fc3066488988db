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

    /// <summary>The dashboard says what it was given, and stays.</summary>
    public static readonly string NpmThatBringsAScript = NpmThatBrings("""echo "$@"; env; sleep 600""");

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

    /// <summary>It waits for <see cref="LetNpmGoOn"/>.</summary>
    public static readonly string NpmThatTakesLong = $"""
        while [ ! -e "$(dirname "$0")/{GoOn}" ]; do sleep 0.05; done
        {NpmThatBringsAScript}
        """;

    private const string GoOn = "go-on";

    // npm install --prefix DIR …
    public static string NpmThatBrings(string dashboard) => $"""
        bin="$3/node_modules/@microsoft/aspire-cli-linux-x64/bin"
        mkdir -p "$bin"
        printf '#!/bin/sh\n%s\n' '{dashboard}' >"$bin/aspire"
        chmod +x "$bin/aspire"
        """;

    public string[] Arguments => [$"--PATH={_folder}", $"--Dashboard:ToolsDirectory={Path.Combine(_folder, "tools")}"];

    public void LetNpmGoOn() => File.WriteAllText(Path.Combine(_folder, GoOn), "");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
