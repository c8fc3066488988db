using System.Security.Cryptography;
using System.Text;
using Local.Model.Configuration;
using Microsoft.Extensions.Options;

namespace Local.Model.Serving;

internal sealed class ApiKeyCheck(IOptions<ModelOptions> options)
{
    private readonly byte[]? _wanted = string.IsNullOrEmpty(options.Value.ApiKey) ? null : Encoding.UTF8.GetBytes($"Bearer {options.Value.ApiKey}");

    public bool Admits(HttpContext http) =>
        _wanted is null || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(http.Request.Headers.Authorization.ToString()), _wanted);
}
