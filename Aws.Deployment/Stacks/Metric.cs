namespace Aws.Deployment.Stacks;

/// <summary>One metric of CloudWatch, with all of its dimensions.</summary>
internal sealed record Metric(string Namespace, string Name, params (string Name, string Value)[] Dimensions);
