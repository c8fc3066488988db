using Gateway.Api.Access;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Endpoints.Keys;

/// <summary>Which keys a list is to have: those that pass all of what is asked for.</summary>
internal sealed class KeySearch
{
    private string? _query;
    private string? _tenant;
    private KeyStatus? _status;
    private bool _isNewestFirst;

    public static Refusal? TryRead(string? query, string? tenant, string? status, string? order, out KeySearch search)
    {
        KeyStatus? wanted = Enum.GetNames<KeyStatus>().FirstOrDefault(name => string.Equals(name, status, StringComparison.OrdinalIgnoreCase)) is { } known ? Enum.Parse<KeyStatus>(known) : null;
        search = new KeySearch { _query = Given(query), _tenant = Given(tenant), _status = wanted, _isNewestFirst = order == "desc" };
        return Given(status) is not null && wanted is null ? Refusal.InvalidRequest($"'status' is '{status}'; allowed: active, disabled, expired, revoked.", "status")
            : order is not (null or "asc" or "desc") ? Refusal.InvalidRequest($"'order' is '{order}'; allowed: asc, desc.", "order")
            : null;
    }

    /// <param name="keys">All, the oldest first.</param>
    public IReadOnlyList<ApiKey> Find(IReadOnlyList<ApiKey> keys, DateTimeOffset now)
    {
        List<ApiKey> found = [.. keys.Where(key => (_tenant is null || key.Tenant == _tenant) && (_status is null || key.StatusAt(now) == _status) && (_query is null || IsAbout(key, _query)))];
        if (_isNewestFirst)
        {
            found.Reverse();
        }

        return found;
    }

    private static bool IsAbout(ApiKey key, string query) =>
        Has(key.Name, query) || Has(key.Tenant, query) || Has(key.User, query) || Has(key.Owner, query)
        || key.Id.StartsWith(query, StringComparison.OrdinalIgnoreCase) || key.Prefix.StartsWith(query, StringComparison.OrdinalIgnoreCase);

    private static bool Has(string? text, string query) => text?.Contains(query, StringComparison.OrdinalIgnoreCase) == true;

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
