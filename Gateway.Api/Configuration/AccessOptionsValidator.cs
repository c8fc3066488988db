using ServiceDefaults.Redis;

namespace Gateway.Api.Configuration;

/// <summary>Checks where keys are kept and whose tokens are taken.</summary>
internal static class AccessOptionsValidator
{
    private const string Section = "Gateway:Access";
    private const int ShortestTable = 3;
    private const int LongestTable = 255;

    public static void Validate(AccessOptions access, IConfiguration configuration, List<string> faults)
    {
        if (access.KeyStore is { Length: > 0 } store && !KeyStores.All.Contains(store))
        {
            faults.Add($"{Section}:KeyStore is '{store}'; allowed: {string.Join(", ", KeyStores.All)}, or nothing.");
        }
        else if (access.KeyStore == KeyStores.Redis && !configuration.HasRedis())
        {
            faults.Add($"{Section}:KeyStore is 'Redis', and no Redis is configured; set ConnectionStrings:redis.");
        }

        if (!IsTable(access.KeyTable))
        {
            faults.Add($"{Section}:KeyTable is '{access.KeyTable}'; it must be {ShortestTable} to {LongestTable} letters, digits, '_', '-' and '.'.");
        }

        if (access.KeyServiceUrl is { Length: > 0 } url && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            faults.Add($"{Section}:KeyServiceUrl is '{url}'; it must be an http or https address.");
        }

        JwtOptionsValidator.Validate(access.Jwt, faults);
    }

    private static bool IsTable(string name) =>
        name.Length is >= ShortestTable and <= LongestTable && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.');
}
