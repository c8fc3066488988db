using System.Diagnostics.CodeAnalysis;

namespace Aws.Deployment.Synthesis;

/// <summary>One stack of an assembly.</summary>
/// <param name="Id">As the CDK CLI calls it.</param>
/// <param name="Name">As CloudFormation calls it.</param>
/// <param name="Template">The path of its template.</param>
[SuppressMessage("Naming", "CA1711", Justification = "It is what CloudFormation calls a stack.")]
public sealed record SynthesizedStack(string Id, string Name, string Template);
