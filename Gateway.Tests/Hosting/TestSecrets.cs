using System.Runtime.CompilerServices;

namespace Gateway.Tests.Hosting;

internal static class TestSecrets
{
    /// <summary>Generated values are kept under this folder: no test reads or writes the developer's own user secrets.</summary>
    public static readonly string Folder = Directory.CreateTempSubdirectory("gateway-tests-secrets-").FullName;

    // The first place that user secrets are looked for, on every system; nothing else asks for it on Unix.
    [ModuleInitializer]
    internal static void Redirect() => Environment.SetEnvironmentVariable("APPDATA", Folder);
}
