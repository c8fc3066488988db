namespace Aws.Deployment.Estimate;

/// <summary>A resource whose cost is unknown, in whole or in part: it is in no sum.</summary>
/// <param name="Stack">Its stack.</param>
/// <param name="Resource">Its logical id.</param>
/// <param name="Type">Its type.</param>
/// <param name="Reason">What is not known.</param>
internal sealed record UnpricedResource(string Stack, string Resource, string Type, string Reason);
