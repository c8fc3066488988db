namespace Aws.Deployment.Operations.Cdk;

internal sealed record ToolResult(int ExitCode, IReadOnlyList<string> Lines)
{
    private const int Told = 12;

    /// <summary>The last that it said.</summary>
    public string End => string.Join('\n', Lines.Where(line => !string.IsNullOrWhiteSpace(line)).TakeLast(Told));
}
