using System.Net.Http.Headers;
using Gateway.Api.Providers;

namespace Gateway.Api.Secrets;

/// <summary>
/// What a reference leads to, now: whoever holds on to it sees the secret change. <see cref="EnvironmentSecret"/> and <see cref="AwsSecret"/>.
/// </summary>
internal abstract class Secret
{
    private volatile State _state;

    /// <param name="reference">Such as <c>env:OPENAI_API_KEY</c>.</param>
    /// <param name="problem">Why there is no value yet.</param>
    protected Secret(string reference, ProviderProblem problem) => (Reference, _state) = (reference, new State(Value: null, Bearer: null, problem));

    public string Reference { get; }

    /// <summary>Null where the reference leads to nothing that can be used.</summary>
    public string? Value => _state.Value;

    /// <summary>The same as it is sent to a provider.</summary>
    public AuthenticationHeaderValue? Bearer => _state.Bearer;

    /// <summary>Why there is no value; null where there is one.</summary>
    public ProviderProblem? Problem => _state.Problem;

    /// <summary>Whether it is being looked for the first time.</summary>
    public abstract bool IsPending { get; }

    /// <summary>Whether there is another value than the one that was refused, if need be after it was read anew.</summary>
    public abstract Task<bool> RenewAsync(string? refused, CancellationToken cancellationToken);

    // Somebody may print it.
    public sealed override string ToString() => Reference;

    protected void Set(string value) => _state = new State(value, new AuthenticationHeaderValue("Bearer", value), Problem: null);

    protected void Set(ProviderProblem problem) => _state = new State(Value: null, Bearer: null, problem);

    private sealed record State(string? Value, AuthenticationHeaderValue? Bearer, ProviderProblem? Problem);
}
