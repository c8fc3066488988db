using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using ServiceDefaults.Secrets;

namespace Cost.Worker.Access;

/// <summary>
/// The key that opens reports, the gateway's own admin key: <c>Admin:Key</c> says where it is, by default <c>env:GATEWAY_ADMIN_KEY</c>.
/// </summary>
internal sealed class AdminKey
{
    private const string Setting = "Admin:Key";
    private const string Default = "env:GATEWAY_ADMIN_KEY";

    private readonly byte[]? _hash;

    /// <exception cref="OptionsValidationException">The setting holds a key rather than a pointer to one.</exception>
    public AdminKey(IConfiguration configuration)
    {
        var reference = configuration[Setting] is { Length: > 0 } configured ? configured : Default;
        if (!SecretReference.IsValid(reference))
        {
            throw new OptionsValidationException(Setting, typeof(AdminKey), [$"{Setting} must name an environment variable (env:NAME), not hold the key itself."]);
        }

        _hash = SecretReference.Resolve(reference, configuration) is { } key ? HashOf(key) : null;
    }

    public bool IsConfigured => _hash is not null;

    public bool Matches(string key) => _hash is not null && CryptographicOperations.FixedTimeEquals(HashOf(key), _hash);

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
