namespace Gateway.Api.Flags;

/// <summary>The switch of one optional stage.</summary>
/// <param name="name">As it is configured and shown.</param>
/// <param name="isOnByDefault">Whether the stage is on where nobody says anything.</param>
/// <param name="description">What the switch does, for operators.</param>
internal sealed class Flag(string name, bool isOnByDefault, string description)
{
    public string Name { get; } = name;

    public bool IsOnByDefault { get; } = isOnByDefault;

    public string Description { get; } = description;
}
