using System.Text.Json.Serialization;

namespace Gateway.Api.Experiments.Reports;

/// <summary>An experiment and what came of it.</summary>
/// <param name="From">The first day that counts; null for the first that there is.</param>
/// <param name="To">The last day that counts.</param>
/// <param name="Warnings">What forbids conclusions, in words.</param>
internal sealed record ShownExperiment(
    string Name, string Alias, bool Enabled, string Control, DateOnly? From, DateOnly? To, IReadOnlyList<ShownVariant> Variants, IReadOnlyList<string> Warnings)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; } = "experiment";
}
