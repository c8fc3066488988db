using System.ComponentModel.DataAnnotations;
using ServiceDefaults.Secrets;

namespace Gateway.Api.Configuration;

/// <summary>Checks the issuers of tokens. An algorithm that does not belong to the kind of key is refused here already.</summary>
internal static class JwtOptionsValidator
{
    public static void Validate(JwtOptions jwt, List<string> faults)
    {
        for (var i = 0; i < jwt.Issuers.Count; i++)
        {
            Validate($"Gateway:Access:Jwt:Issuers:{i}", jwt.Issuers[i], faults);
        }

        foreach (var twice in jwt.Issuers.GroupBy(issuer => issuer.Issuer).Where(group => group.Count() > 1))
        {
            faults.Add($"Gateway:Access:Jwt:Issuers names '{twice.Key}' more than once.");
        }
    }

    private static void Validate(string key, JwtIssuerOptions issuer, List<string> faults)
    {
        if (issuer.Issuer.Length == 0)
        {
            faults.Add($"{key}:Issuer is missing; it must be what the claim iss says.");
        }

        if (issuer.Audience.Length == 0)
        {
            faults.Add($"{key}:Audience is missing; without one a token made for another service would do.");
        }

        if (string.IsNullOrEmpty(issuer.JwksUrl) == string.IsNullOrEmpty(issuer.Key))
        {
            faults.Add($"{key}: one of JwksUrl and Key must be set.");
        }
        else
        {
            ValidateKeys(key, issuer, faults);
        }

        if (issuer.AdminClaim is { Length: > 0 } claim && claim.IndexOf('=', StringComparison.Ordinal) is var at && (at < 1 || at == claim.Length - 1))
        {
            faults.Add($"{key}:AdminClaim is '{claim}'; it must be of the form claim=value.");
        }

        var results = new List<ValidationResult>();
        Validator.TryValidateObject(issuer, new ValidationContext(issuer), results, validateAllProperties: true);
        faults.AddRange(results.Select(result => $"{key}:{string.Join(", ", result.MemberNames)}: {result.ErrorMessage}"));
    }

    private static void ValidateKeys(string key, JwtIssuerOptions issuer, List<string> faults)
    {
        var isShared = !string.IsNullOrEmpty(issuer.Key);
        var allowed = isShared ? JwtAlgorithms.WithSharedKey : JwtAlgorithms.WithPublicKey;
        if (issuer.Algorithms.Count == 0 || issuer.Algorithms.Except(allowed).Any())
        {
            faults.Add($"{key}:Algorithms is '{string.Join(", ", issuer.Algorithms)}'; allowed with {(isShared ? "Key" : "JwksUrl")}: {string.Join(", ", allowed)}.");
        }

        if (isShared && !SecretReference.IsValid(issuer.Key!))
        {
            // The value itself is not shown: it may be the key.
            faults.Add($"{key}:Key must be a reference of the form env:NAME, never the key itself.");
        }

        if (!isShared && !(Uri.TryCreate(issuer.JwksUrl, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))))
        {
            faults.Add($"{key}:JwksUrl is '{issuer.JwksUrl}'; it must be an https address, or http on loopback.");
        }
    }
}
