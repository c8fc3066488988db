namespace Aspire.Hosting.Processes;

/// <summary>A program to start.</summary>
/// <param name="FileName">Its absolute path.</param>
/// <param name="Arguments">Its arguments, as they are.</param>
/// <param name="WorkingDirectory">Where it starts.</param>
/// <param name="Environment">What is added to this process's own environment.</param>
/// <param name="Container">The container that it runs, to be removed by the same program when it ends.</param>
internal sealed record ProcessSpec(
    string FileName,
    IReadOnlyList<string> Arguments,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment,
    string? Container = null);
