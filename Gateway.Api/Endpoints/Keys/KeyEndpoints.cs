using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Access;
using Gateway.Api.Audit;
using Gateway.Api.Configuration;
using Gateway.Api.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Endpoints.Keys;

/// <summary>Makes, shows, changes, rotates and revokes API keys. The key itself is in the reply that makes it, and nowhere afterwards.</summary>
internal static class KeyEndpoints
{
    private const int LargestPage = 1_000;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public static void MapKeys(this IEndpointRouteBuilder endpoints)
    {
        var keys = endpoints.MapGroup("/keys").WithTags("Keys").AddEndpointFilter(RefuseWhatIsNotKeptAsync);
        keys.MapPost("", Create).WithName("createKey").WithSummary("Makes an API key; shows it this once.");
        keys.MapGet("", List).WithName("listKeys").WithSummary("The keys, oldest first: all, or those that are searched for.");
        keys.MapGet("/{id}", Get).WithName("retrieveKey").WithSummary("One key.");
        keys.MapPatch("/{id}", Update).WithName("updateKey").WithSummary("Changes the fields that are given; null clears one.");
        keys.MapPost("/{id}/rotate", Rotate).WithName("rotateKey").WithSummary("Gives a key a new secret, shown this once; the old one may stay good for a while.");
        keys.MapDelete("/{id}", Revoke).WithName("revokeKey").WithSummary("Revokes a key for good.");
    }

    private static async Task<Results<Created<ShownKey>, RefusalResult>> Create(NewKey? body, HttpContext http, KeyStore keys, LiveConfiguration configuration, AuditLog audit, TimeProvider time)
    {
        if (body is null)
        {
            return new RefusalResult(Refusal.InvalidRequest("The body must be a JSON object."));
        }

        if ((body.FindFault(time.GetUtcNow()) ?? body.FindTierFault(configuration.Current)) is { } fault)
        {
            return new RefusalResult(fault);
        }

        var secret = KeySecret.Create();
        var key = body.ToKey(secret, time.GetUtcNow());
        await keys.AddAsync(key, http.RequestAborted);
        var shown = ShownKey.Of(key, time.GetUtcNow());
        await audit.RecordAsync(http, "key.create", key.Id, null, shown);
        return TypedResults.Created($"/admin/keys/{key.Id}", shown with { Key = secret });
    }

    private static Results<Ok<Page<ShownKey>>, RefusalResult> List(
        KeyStore keys, TimeProvider time, string? query = null, string? tenant = null, string? status = null, string? order = null, string? after = null, string? limit = null)
    {
        var unreadable = KeySearch.TryRead(query, tenant, status, order, out var search);
        if ((PageRequest.TryRead(after, limit, out var wanted, LargestPage) ?? unreadable) is { } fault)
        {
            return new RefusalResult(fault);
        }

        var now = time.GetUtcNow();
        var found = search.Find(keys.All, now);
        return wanted.TryCut(found, key => key.Id, key => ShownKey.Of(key, now), out var page) is { } unknown ? new RefusalResult(unknown) : TypedResults.Ok(page with { Total = found.Count });
    }

    private static Results<Ok<ShownKey>, RefusalResult> Get(string id, KeyStore keys, TimeProvider time) =>
        keys.Find(id) is { } key ? TypedResults.Ok(ShownKey.Of(key, time.GetUtcNow())) : NotFound(id);

    private static async Task<Results<Ok<ShownKey>, RefusalResult>> Update(
        string id, JsonElement? body, HttpContext http, KeyStore keys, LiveConfiguration configuration, AuditLog audit, TimeProvider time, IOptions<JsonOptions> json)
    {
        if (body is not { ValueKind: JsonValueKind.Object } fields)
        {
            return new RefusalResult(Refusal.InvalidRequest("The body must be a JSON object."));
        }

        var patch = new KeyPatch(JsonObject.Create(fields)!, json.Value.SerializerOptions, configuration.Current);
        Refusal? fault = null;
        var change = await keys.ChangeAsync(
            id, key => (fault = patch.TryApply(key, time.GetUtcNow(), out var changed)) is null ? changed : key, http.RequestAborted);
        return fault is not null ? new RefusalResult(fault) : await ShowAsync("key.update", id, change, http, audit, time);
    }

    private static async Task<Results<Ok<ShownKey>, RefusalResult>> Rotate(string id, RotateKey? body, HttpContext http, KeyStore keys, AuditLog audit, TimeProvider time)
    {
        var rotation = body ?? new RotateKey();
        if (rotation.FindFault() is { } fault)
        {
            return new RefusalResult(fault);
        }

        var secret = KeySecret.Create();
        var change = await keys.ChangeAsync(
            id, key => key.RevokedAt is null ? key.Rotate(secret, TimeSpan.FromSeconds(rotation.OverlapSeconds), time.GetUtcNow()) : key, http.RequestAborted);
        return change is { After.RevokedAt: not null } ? new RefusalResult(KeyPatch.Revoked) : await ShowAsync("key.rotate", id, change, http, audit, time, secret);
    }

    private static async Task<Results<Ok<ShownKey>, RefusalResult>> Revoke(string id, HttpContext http, KeyStore keys, AuditLog audit, TimeProvider time)
    {
        var change = await keys.ChangeAsync(id, key => key.RevokedAt is null ? key with { RevokedAt = time.GetUtcNow() } : key, http.RequestAborted);
        return await ShowAsync("key.revoke", id, change, http, audit, time);
    }

    private static async Task<Results<Ok<ShownKey>, RefusalResult>> ShowAsync(
        string action, string id, KeyChange? change, HttpContext http, AuditLog audit, TimeProvider time, string? secret = null)
    {
        if (change is null)
        {
            return NotFound(id);
        }

        var now = time.GetUtcNow();
        var shown = ShownKey.Of(change.After, now);
        if (!ReferenceEquals(change.Before, change.After))
        {
            await audit.RecordAsync(http, action, id, ShownKey.Of(change.Before, now), shown);
        }

        return TypedResults.Ok(shown with { Key = secret });
    }

    private static async ValueTask<object?> RefuseWhatIsNotKeptAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (KeysUnavailableException failure)
        {
            return new RefusalResult(Refusal.StateUnavailable($"The key was not changed: {failure.Message} Try again.", RetryAfter));
        }
    }

    private static RefusalResult NotFound(string id) => new(new Refusal(404, Refusal.InvalidRequestError, "key_not_found", $"There is no API key with the id '{id}'.", "id"));
}
