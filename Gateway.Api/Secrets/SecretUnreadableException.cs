using Gateway.Api.Providers;

namespace Gateway.Api.Secrets;

/// <summary>A secret that could not be read, or that cannot be used.</summary>
/// <param name="problem">Why, and what to do about it.</param>
internal sealed class SecretUnreadableException(ProviderProblem problem) : Exception(problem.Reason)
{
    public ProviderProblem Problem { get; } = problem;
}
