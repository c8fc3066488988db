using System.Globalization;
using Gateway.Api.Providers;

namespace Gateway.Api.Routing;

/// <summary>How a target fares. One for each <c>provider/model</c>, whatever aliases it serves and however often the configuration changes.</summary>
internal sealed class TargetHealth(TimeProvider time)
{
    private volatile ProviderProblem? _credentialProblem;

    public TargetLoad Load { get; } = new(time);

    public Circuit Circuit { get; } = new(time);

    public RetryBudget Retries { get; } = new(time);

    public TargetQueue Queue { get; } = new(time);

    /// <summary>What its tokens were found to cost; kept so that it need not be looked up for each request.</summary>
    public TokenPrice? TokenPrice { get; set; }

    /// <summary>Why the gateway's credential was refused at the last attempt that used it; null where it was taken.</summary>
    public ProviderProblem? CredentialProblem
    {
        get => _credentialProblem;
        set => _credentialProblem = value;
    }

    /// <summary>Why the target gets no requests, or only one to see; null where it gets them.</summary>
    public ProviderProblem? LeftAlone
    {
        get
        {
            var when = Circuit.Pause is { } pause ? string.Create(CultureInfo.InvariantCulture, $"in {Math.Ceiling(pause.TotalSeconds)} s") : null;
            return (Circuit.State, when) switch
            {
                ("closed", null) => null,
                ("closed", _) => new ProviderProblem("It asked for a pause.", $"Nothing, it gets requests again {when}. Where this comes often, ask the provider for a higher limit."),
                _ => new ProviderProblem(
                    $"Most of its last attempts failed. The last one: {Load.LastFailure?.Reason}",
                    $"Look after the target. One request is let through {when ?? "next"} to find out whether it is well again."),
            };
        }
    }
}
