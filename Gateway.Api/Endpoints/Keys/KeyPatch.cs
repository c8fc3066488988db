using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Access;
using Gateway.Api.Configuration;
using Gateway.Api.Configuration.Documents;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Endpoints.Keys;

/// <summary>
/// What <c>PATCH /admin/keys/{id}</c> takes: a JSON merge patch (RFC 7396) of the fields of <see cref="NewKey"/>. What is left out stays,
/// null clears; the outcome has to be what <c>POST</c> would take.
/// </summary>
internal sealed class KeyPatch(JsonObject patch, JsonSerializerOptions json, GatewayOptions options)
{
    public static readonly Refusal Revoked =
        new(StatusCodes.Status409Conflict, Refusal.InvalidRequestError, "key_revoked", "This API key is revoked for good; make a new one.");

    /// <exception cref="BadHttpRequestException">A field is unknown or of the wrong type.</exception>
    public Refusal? TryApply(ApiKey key, DateTimeOffset now, out ApiKey changed)
    {
        changed = key;
        if (key.RevokedAt is not null)
        {
            return Revoked;
        }

        if (patch.ContainsKey("tenant"))
        {
            return Refusal.InvalidRequest("'tenant' stays what it is: what the key used is booked under it. Make a new key.", "tenant");
        }

        var before = NewKey.Of(key);
        var wanted = Read(MergePatch.Apply(JsonSerializer.SerializeToNode(before, json), patch));

        // A time that is past and a tier that is gone may stay; none may become so. The tenant stays, whatever it is.
        var fault = (wanted with { Tenant = null, ExpiresAt = wanted.ExpiresAt == before.ExpiresAt ? null : wanted.ExpiresAt }).FindFault(now) ?? (wanted.Tier == before.Tier ? null : wanted.FindTierFault(options));
        if (fault is not null)
        {
            return fault;
        }

        changed = wanted.ApplyTo(key, now);
        return null;
    }

    private NewKey Read(JsonObject merged)
    {
        try
        {
            return merged.Deserialize<NewKey>(json)!;
        }
        catch (JsonException wrong)
        {
            throw new BadHttpRequestException("The patch does not fit.", StatusCodes.Status400BadRequest, wrong);
        }
    }
}
