using Microsoft.Extensions.Options;

namespace Cost.Worker.Configuration;

/// <summary>Finds all faults of the section at once, each with its key and what is allowed.</summary>
internal static class LedgerOptionsValidator
{
    private const int ShortestTable = 3;
    private const int LongestTable = 255;

    /// <exception cref="OptionsValidationException">The section is not valid.</exception>
    public static LedgerOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(LedgerOptions.Section).Get<LedgerOptions>() ?? new LedgerOptions();
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? options : throw new OptionsValidationException(LedgerOptions.Section, typeof(LedgerOptions), faults);
    }

    private static IEnumerable<string> Faults(LedgerOptions options)
    {
        if (!Enum.GetNames<LedgerStore>().Contains(options.Store, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"Ledger:Store is '{options.Store}'; it must be one of {string.Join(", ", Enum.GetNames<LedgerStore>())}.";
            yield break;
        }

        if (!options.UsesFiles && !IsTable(options.Table))
        {
            yield return $"Ledger:Table is '{options.Table}'; with the store DynamoDB it must name a table: {ShortestTable} to {LongestTable} letters, digits, '_', '-' and '.'.";
        }

        if (options.ServiceUrl is { Length: > 0 } url && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            yield return $"Ledger:ServiceUrl is '{url}'; it must be an http or https address.";
        }
    }

    private static bool IsTable(string? name) =>
        name is { Length: >= ShortestTable and <= LongestTable } && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.');
}
