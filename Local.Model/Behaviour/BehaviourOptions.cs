namespace Local.Model.Behaviour;

/// <summary>How fast the server answers and how it misbehaves: section <c>Model:Behaviour</c>, and the body of <c>PUT /control</c> in snake case.</summary>
public sealed record BehaviourOptions
{
    /// <summary>Whether the model counts as loaded; while not, <c>/health</c> and every inference route answer 503. Default: true.</summary>
    public bool Ready { get; init; } = true;

    /// <summary>Milliseconds from the request to its first token, 0 to 600,000. Default: 80.</summary>
    public int TimeToFirstTokenMs { get; init; } = 80;

    /// <summary>Tokens a second after the first, for each choice; 0 means no limit. Default: 60.</summary>
    public double TokensPerSecond { get; init; } = 60;

    /// <summary>How far each pause may stray, as a fraction of itself, 0 to 1. Default: 0.</summary>
    public double Jitter { get; init; }

    /// <summary>Seed of jitter and of the faults' probability. Default: 0.</summary>
    public int Seed { get; init; }

    /// <summary>Faults, in order. A request takes the first live one of each kind. Default: none.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];
}
