namespace Aws.Deployment.Estimate.Differences;

/// <summary>A resource that one set of templates has otherwise than the other.</summary>
/// <param name="Stack">Its stack.</param>
/// <param name="Resource">Its logical id.</param>
/// <param name="Type">Its type.</param>
/// <param name="Kind">What becomes of it.</param>
/// <param name="Properties">The names of those of its properties that are changed.</param>
internal sealed record ResourceChange(string Stack, string Resource, string Type, ChangeKind Kind, IReadOnlyList<string> Properties);
