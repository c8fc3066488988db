using System.Globalization;
using Gateway.Api.Access;
using Gateway.Api.Configuration;
using Gateway.Api.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Endpoints.Keys;

/// <summary>Makes, shows and revokes API keys. The key itself is in the reply that makes it, and nowhere afterwards.</summary>
internal static class KeyEndpoints
{
    private const int DefaultPage = 20;
    private const int LargestPage = 100;

    public static void MapKeys(this IEndpointRouteBuilder endpoints)
    {
        var keys = endpoints.MapGroup("/keys").WithTags("Keys").AddEndpointFilter(RefuseWhatIsNotKeptAsync);
        keys.MapPost("", Create).WithName("createKey").WithSummary("Makes an API key; shows it this once.");
        keys.MapGet("", List).WithName("listKeys").WithSummary("The keys, oldest first.");
        keys.MapGet("/{id}", Get).WithName("retrieveKey").WithSummary("One key.");
        keys.MapDelete("/{id}", Revoke).WithName("revokeKey").WithSummary("Revokes a key for good.");
    }

    private static async Task<Results<Created<ShownKey>, RefusalResult>> Create(NewKey? body, HttpContext http, KeyStore keys, LiveConfiguration configuration, TimeProvider time)
    {
        if (body is null)
        {
            return new RefusalResult(Refusal.InvalidRequest("The body must be a JSON object."));
        }

        if (body.FindFault(time.GetUtcNow(), configuration.Current.Tiers) is { } fault)
        {
            return new RefusalResult(fault);
        }

        var secret = KeySecret.Create();
        var key = body.ToKey(secret, time.GetUtcNow());
        await keys.AddAsync(key, http.RequestAborted);
        return TypedResults.Created($"/admin/keys/{key.Id}", ShownKey.Of(key, time.GetUtcNow()) with { Key = secret });
    }

    private static Results<Ok<KeyPage>, RefusalResult> List(KeyStore keys, TimeProvider time, string? after = null, string? limit = null)
    {
        var size = DefaultPage;
        if (limit is not null && (!int.TryParse(limit, CultureInfo.InvariantCulture, out size) || size is < 1 or > LargestPage))
        {
            return new RefusalResult(Refusal.InvalidRequest($"'limit' is '{limit}'; it must be a number from 1 to {LargestPage}.", "limit"));
        }

        var start = after is null ? 0 : 1 + keys.All.TakeWhile(key => key.Id != after).Count();
        if (start > keys.All.Count)
        {
            return new RefusalResult(Refusal.InvalidRequest($"'after' is '{after}', which is no key's id.", "after"));
        }

        var page = keys.All.Skip(start).Take(size).Select(key => ShownKey.Of(key, time.GetUtcNow())).ToList();
        return TypedResults.Ok(new KeyPage(page, HasMore: start + page.Count < keys.All.Count));
    }

    private static Results<Ok<ShownKey>, RefusalResult> Get(string id, KeyStore keys, TimeProvider time) => Show(id, keys.Find(id), time);

    private static async Task<Results<Ok<ShownKey>, RefusalResult>> Revoke(string id, KeyStore keys, TimeProvider time, CancellationToken cancellationToken) =>
        Show(id, await keys.RevokeAsync(id, cancellationToken), time);

    private static async ValueTask<object?> RefuseWhatIsNotKeptAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (KeysNotKeptException failure)
        {
            return new RefusalResult(
                new Refusal(503, "server_error", "state_unavailable", $"The key was not changed: {failure.Message} Try again.") { RetryAfter = TimeSpan.FromSeconds(1) });
        }
    }

    private static Results<Ok<ShownKey>, RefusalResult> Show(string id, ApiKey? key, TimeProvider time) =>
        key is null
            ? new RefusalResult(new Refusal(404, Refusal.InvalidRequestError, "key_not_found", $"There is no API key with the id '{id}'.", "id"))
            : TypedResults.Ok(ShownKey.Of(key, time.GetUtcNow()));
}
