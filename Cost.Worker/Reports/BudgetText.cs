using System.Globalization;

namespace Cost.Worker.Reports;

/// <summary>Reads what may be spent in a month.</summary>
internal static class BudgetText
{
    private const decimal MostUsd = 1_000_000_000;

    public static bool TryParse(string text, out decimal? usd, out string fault)
    {
        var isBudget = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var parsed) && parsed is > 0 and <= MostUsd;
        usd = isBudget ? parsed : null;
        fault = isBudget ? "" : string.Create(CultureInfo.InvariantCulture, $"'{text}' is no budget for a month; it must be US dollars, above 0 and at most {MostUsd:0}, such as 500 or 99.50.");
        return isBudget;
    }
}
