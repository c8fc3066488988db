using System.Globalization;

namespace Gateway.Api.Experiments.Reports;

/// <summary>Says in plain words where a sample is too small, or lacks something, to conclude anything from.</summary>
internal static class SampleWarnings
{
    private const int FewRequests = 100;
    private const int FewErrors = 10;
    private const int FewScores = 30;

    public static IEnumerable<string> Of(IReadOnlyList<(string Name, VariantTally Tally)> variants)
    {
        foreach (var (name, tally) in variants)
        {
            if (tally.Requests < FewRequests)
            {
                yield return Text($"The sample is too small: '{name}' has {tally.Requests} of the {FewRequests} requests below which differences are mostly chance.");
            }

            if (tally.Score.Count is > 0 and < FewScores)
            {
                yield return Text($"'{name}' has {tally.Score.Count} scores of feedback; below {FewScores} their mean says little.");
            }

            if (tally.Requests > tally.Cost.Count)
            {
                yield return Text($"The cost of {tally.Requests - tally.Cost.Count} of the {tally.Requests} requests of '{name}' is not known; the mean is that of the others.");
            }
        }

        var (errors, scores) = (variants.Sum(variant => variant.Tally.Errors), variants.Sum(variant => variant.Tally.Score.Count));
        if (errors is > 0 and < FewErrors)
        {
            yield return Text($"All variants together have {errors} errors; below {FewErrors} their rates cannot be told apart.");
        }

        if (scores == 0)
        {
            yield return "Nobody has given feedback yet (POST /v1/feedback).";
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
