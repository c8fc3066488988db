using Gateway.Api.Configuration;

namespace Gateway.Api.Experiments.Reports;

/// <summary>Compares the variants of an experiment.</summary>
internal static class ExperimentReport
{
    private const double Median = 0.5;
    private const double Tail = 0.95;

    public static ShownExperiment Build(string name, ExperimentOptions options, DateOnly? from, DateOnly? to, IReadOnlyDictionary<string, long> counts)
    {
        var tallies = options.Variants.OrderBy(variant => variant.Key, StringComparer.Ordinal).Select(variant => (variant.Key, Tally: VariantTally.Of(variant.Key, from, to, counts))).ToList();
        var control = tallies.Find(variant => variant.Key == options.Control).Tally;
        return new ShownExperiment(
            name, options.Alias, options.Enabled, options.Control, from, to,
            [.. tallies.Select(variant => Show(name, variant.Key, options, variant.Tally, control))],
            [.. SampleWarnings.Of(tallies)]);
    }

    private static ShownVariant Show(string experiment, string name, ExperimentOptions options, VariantTally tally, VariantTally control)
    {
        var isControl = name == options.Control;
        var latency = ShownFigure.Of(tally.Latency, control.Latency, isControl);
        return new ShownVariant(
            name,
            Variant.NameOf(experiment, name),
            isControl,
            options.Variants[name].Weight,
            tally.Requests,
            tally.Errors,
            ShownFigure.OfRate(tally.Errors, tally.Requests, control.Errors, control.Requests, isControl),
            latency is null ? null : latency with { P50 = tally.LatencyQuantile(Median), P95 = tally.LatencyQuantile(Tail) },
            ShownFigure.Of(tally.Cost, control.Cost, isControl),
            ShownFigure.Of(tally.Score, control.Score, isControl));
    }
}
