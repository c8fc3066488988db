using System.Globalization;
using Gateway.Api.Access;
using Gateway.Api.Audit;
using Gateway.Api.Configuration;
using Gateway.Api.Configuration.Changes;
using Gateway.Api.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Api.Endpoints.Config;

/// <summary>Shows the configuration in force, changes it at all replicas, tells who changed it and puts back what was.</summary>
internal static class ConfigEndpoints
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public static void MapConfig(this IEndpointRouteBuilder endpoints)
    {
        var config = endpoints.MapGroup("/config").WithTags("Configuration").AddEndpointFilter(RefuseWhatIsNotKeptAsync);
        config.MapGet("", Shown).WithName("retrieveConfiguration").WithSummary("The configuration in force, and why changes were refused.");
        config.MapPut("", PutAsync).Produces<ShownConfiguration>().WithName("putConfiguration").WithSummary("Puts settings over those of gateway.json, in place of what was put before; with dry_run=true only says what would change.");
        config.MapGet("/history", ListAsync).WithName("listConfigurationVersions").WithSummary("What was put, the newest first.");
        config.MapPost("/rollback", RollBackAsync).Produces<ShownConfiguration>().WithName("rollBackConfiguration").WithSummary("Puts back the version before, or one that is named.");
    }

    private static async Task<IResult> PutAsync(HttpContext http, LiveConfiguration live, ConfigurationChanges changes, AuditLog audit, [FromQuery(Name = "dry_run")] bool dryRun = false)
    {
        var (request, fault) = await ConfigRequest.ReadAsync(http.Request);
        return request is null ? fault!
            : await AnswerAsync(await changes.PutAsync(request.Gateway, request.Version, AuthorOf(http), dryRun, http.RequestAborted), "config.update", http, live, audit);
    }

    private static async Task<IResult> RollBackAsync(
        RollBackRequest? body, HttpContext http, LiveConfiguration live, ConfigurationChanges changes, AuditLog audit, [FromQuery(Name = "dry_run")] bool dryRun = false)
    {
        var unreadable = ExpectedVersion.TryRead(http.Request, out var expected);
        return (body?.FindFault() ?? unreadable) is { } fault
            ? new RefusalResult(fault)
            : await AnswerAsync(await changes.RollBackAsync(body?.Version, expected, AuthorOf(http), dryRun, http.RequestAborted), "config.rollback", http, live, audit);
    }

    private static async Task<Results<Ok<Page<ShownVersion>>, RefusalResult>> ListAsync(
        IConfigurationHistory history, CancellationToken cancellationToken, string? after = null, string? limit = null)
    {
        if (PageRequest.TryRead(after, limit, out var wanted) is { } fault)
        {
            return new RefusalResult(fault);
        }

        var all = await history.ReadAllAsync(cancellationToken);
        return wanted.TryCut(all, ShownVersion.IdOf, ShownVersion.Of, out var page) is { } unknown ? new RefusalResult(unknown) : TypedResults.Ok(page);
    }

    private static async Task<IResult> AnswerAsync(ChangeOutcome outcome, string action, HttpContext http, LiveConfiguration live, AuditLog audit)
    {
        switch (outcome)
        {
            case ChangeOutcome.Made made:
                await RecordAsync(made, action, http, audit);
                return Shown(live, http.Response);
            case ChangeOutcome.Checked @checked:
                return TypedResults.Ok(ShownDifference.Of(@checked));
            case ChangeOutcome.Refused refused:
                return new FaultsResult(refused.Faults);
            case ChangeOutcome.Conflict conflict:
                return new ConflictResult(conflict.Version);
            case ChangeOutcome.NoSuchVersion missing:
                return new RefusalResult(new Refusal(
                    StatusCodes.Status404NotFound, Refusal.InvalidRequestError, "version_not_found",
                    missing.Version < 0 ? "Nothing was put yet, so there is nothing to put back." : $"There is no version {missing.Version}, or none any more; GET /admin/config/history lists what there is.", "version"));
            default:
                throw new InvalidOperationException($"{outcome} has no answer.");
        }
    }

    private static Ok<ShownConfiguration> Shown(LiveConfiguration live, HttpResponse response)
    {
        var shown = ShownConfiguration.Of(live);
        response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{shown.Version}\"");
        return TypedResults.Ok(shown);
    }

    private static Task RecordAsync(ChangeOutcome.Made made, string action, HttpContext http, AuditLog audit)
    {
        var (added, changed, removed) = made.Difference;
        var before = changed.Select(change => KeyValuePair.Create(change.Key, change.Before)).Concat(removed.Select(entry => KeyValuePair.Create(entry.Key, entry.Value)));
        var after = changed.Select(change => KeyValuePair.Create(change.Key, change.After)).Concat(added.Select(entry => KeyValuePair.Create(entry.Key, entry.Value)));
        return audit.RecordAsync(http, action, made.Version.Version.ToString(CultureInfo.InvariantCulture), before.ToDictionary(), after.ToDictionary());
    }

    private static string AuthorOf(HttpContext http) => ReferenceEquals(http.User, Caller.Administrator) ? "administrator" : http.User.Identity!.Name!;

    private static async ValueTask<object?> RefuseWhatIsNotKeptAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (IOException failure) when (failure is not BadHttpRequestException)
        {
            return new RefusalResult(Refusal.StateUnavailable($"The configuration was not changed: {failure.Message} Try again.", RetryAfter));
        }
    }
}
