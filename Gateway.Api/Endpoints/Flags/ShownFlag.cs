using System.Text.Json.Serialization;
using Gateway.Api.Flags;

namespace Gateway.Api.Endpoints.Flags;

/// <summary>A flag as the admin API shows it.</summary>
/// <param name="Default">Whether it is on where nobody says anything.</param>
/// <param name="Source">Who says how it stands.</param>
/// <param name="ChangedAt">When an administrator switched it; null where none did.</param>
internal sealed record ShownFlag(
    string Name, string Description, bool Enabled, double? Percentage, IReadOnlyList<string> Tenants, IReadOnlyList<string> Users, DateTimeOffset? From, DateTimeOffset? Until,
    bool Default, FlagSource Source, DateTimeOffset? ChangedAt, string? ChangedBy)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "flag";

    public static ShownFlag Of(FlagState state) => new(
        state.Flag.Name, state.Flag.Description, state.Options.Enabled, state.Options.Percentage, state.Options.Tenants, state.Options.Users, state.Options.From, state.Options.Until,
        state.Flag.IsOnByDefault, state.Source, state.Switch?.ChangedAt, state.Switch?.ChangedBy);
}
