namespace Aws.Deployment.Tests.Hosts;

/// <summary>A shell script in the place of a program.</summary>
internal static class FakeProgram
{
    public static async Task WriteAsync(string path, string script, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(path, $"#!/bin/sh\n{script}\n", cancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
