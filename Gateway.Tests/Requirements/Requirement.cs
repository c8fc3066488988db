namespace Gateway.Tests.Requirements;

/// <summary>What the product must do, as <c>requirements.tsv</c> lists it.</summary>
/// <param name="Id">As in <c>[Trait("Requirement", "B6.1")]</c>.</param>
/// <param name="Text">The requirement in one line.</param>
internal sealed record Requirement(string Id, string Text)
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Requirements", "requirements.tsv"));

    public static IReadOnlyList<Requirement> All { get; } = [.. Lines.Select(line => line.Split('\t')).Select(columns => new Requirement(columns[0], columns[1]))];
}
