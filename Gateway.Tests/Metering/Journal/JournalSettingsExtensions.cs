using Gateway.Api.Metering.Journal;

namespace Gateway.Tests.Metering.Journal;

internal static class JournalSettingsExtensions
{
    /// <summary>By name: an internal type cannot stand in the signature of a test.</summary>
    public static JournalSettings With(this JournalSettings settings, string durability) => settings with { Durability = Enum.Parse<JournalDurability>(durability) };
}
