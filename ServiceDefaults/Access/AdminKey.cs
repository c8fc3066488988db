using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using ServiceDefaults.Secrets;

namespace ServiceDefaults.Access;

/// <summary>
/// The gateway's own admin key, at the services beside it: <c>Admin:Key</c> says where it is, by default <c>env:GATEWAY_ADMIN_KEY</c>.
/// </summary>
public sealed class AdminKey
{
    private const string Setting = "Admin:Key";
    private const string Default = "env:GATEWAY_ADMIN_KEY";
    private const string Prefix = "Bearer ";

    private readonly byte[]? _hash;

    /// <exception cref="OptionsValidationException">The setting holds a key rather than a pointer to one.</exception>
    public AdminKey(IConfiguration configuration)
    {
        if (!SecretReference.IsEnvironment(ReferenceIn(configuration)))
        {
            throw new OptionsValidationException(Setting, typeof(AdminKey), [$"{Setting} must name an environment variable (env:NAME), not hold the key itself."]);
        }

        _hash = Find(configuration) is { } key ? HashOf(key) : null;
    }

    public bool IsConfigured => _hash is not null;

    /// <summary>Whether the request brings it, as <c>Authorization: Bearer …</c>.</summary>
    public bool Opens(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && Matches(header[Prefix.Length..].Trim());
    }

    /// <summary>The key itself, for whoever has to show it; null where there is none.</summary>
    public static string? Find(IConfiguration configuration) => SecretReference.Resolve(ReferenceIn(configuration), configuration);

    public bool Matches(string key) => _hash is not null && CryptographicOperations.FixedTimeEquals(HashOf(key), _hash);

    private static string ReferenceIn(IConfiguration configuration) => configuration[Setting] is { Length: > 0 } configured ? configured : Default;

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
