namespace Gateway.Tests.Security;

/// <summary>One request as the upstream saw it.</summary>
internal sealed record UpstreamRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);
