namespace Gateway.Api.Providers;

/// <summary>Why a provider or a target cannot serve, for its operator to read. No secret is in it.</summary>
/// <param name="Reason">What is wrong.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record ProviderProblem(string Reason, string Remedy);
