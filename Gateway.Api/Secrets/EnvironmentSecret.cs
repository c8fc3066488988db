using Gateway.Api.Providers;
using ServiceDefaults.Secrets;

namespace Gateway.Api.Secrets;

/// <summary>A secret in the environment, looked up each time that somebody asks the store for it.</summary>
internal sealed class EnvironmentSecret : Secret
{
    private readonly IConfiguration _configuration;

    public EnvironmentSecret(string reference, IConfiguration configuration) : base(reference, ProblemOf(reference, $"{reference} leads to no credential."))
    {
        _configuration = configuration;
        Look();
    }

    public override bool IsPending => false;

    public void Look()
    {
        var found = SecretReference.Resolve(Reference, _configuration);
        if (found == Value)
        {
            return;
        }

        if (found is null)
        {
            Set(ProblemOf(Reference, $"{Reference} leads to no credential."));
        }
        else if (SecretText.FaultOf(found) is { } fault)
        {
            Set(ProblemOf(Reference, $"{Reference} leads to no credential: {fault}."));
        }
        else
        {
            Set(found);
        }
    }

    public override Task<bool> RenewAsync(string? refused, CancellationToken cancellationToken) => Task.FromResult(Value is not null && Value != refused);

    private static ProviderProblem ProblemOf(string reference, string reason) =>
        new(reason, $"Give the gateway's process what {reference} names, the provider's API key, and start it again.");
}
