namespace Aws.Deployment.Packages;

/// <summary>
/// What the Lambda Web Adapter starts: the function's handler is this file's name, and <c>AWS_LAMBDA_EXEC_WRAPPER</c> is <c>/opt/bootstrap</c>.
/// https://aws.github.io/aws-lambda-web-adapter/
/// </summary>
public static class HandlerScript
{
    public const string FileName = "run.sh";

    // The adapter forwards to AWS_LWA_PORT, else to PORT, else to 8080. What is compiled in tiers is not measured on the way: a start is dearer
    // here than the last few per cent of speed.
    internal static string For(string assembly) => $$$"""
        #!/bin/sh
        export ASPNETCORE_URLS="http://127.0.0.1:${AWS_LWA_PORT:-${PORT:-8080}}"
        export DOTNET_TieredPGO="${DOTNET_TieredPGO:-0}"
        cd "${LAMBDA_TASK_ROOT:-$(dirname "$0")}" || exit 1
        exec dotnet {{{assembly}}}.dll

        """.ReplaceLineEndings("\n");
}
