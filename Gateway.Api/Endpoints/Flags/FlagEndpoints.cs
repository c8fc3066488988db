using System.Text.Json;
using Gateway.Api.Audit;
using Gateway.Api.Configuration;
using Gateway.Api.Flags;
using Gateway.Api.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Endpoints.Flags;

/// <summary>Shows and switches the flags of optional stages. A change holds for the next request here, and within a second at the other replicas.</summary>
internal static class FlagEndpoints
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public static void MapFlags(this IEndpointRouteBuilder endpoints)
    {
        var flags = endpoints.MapGroup("/flags").WithTags("Flags");
        flags.MapGet("", List).WithName("listFlags").WithSummary("Every flag, how it stands and who says so.");
        flags.MapGet("/{name}", Get).WithName("retrieveFlag").WithSummary("One flag.");
        flags.MapPut("/{name}", PutAsync).WithName("switchFlag").WithSummary("Switches a flag: for everybody, a percentage, tenants, users, a time.");
        flags.MapDelete("/{name}", DeleteAsync).WithName("resetFlag").WithSummary("Leaves a flag to the configuration again.");
    }

    private static Ok<FlagList> List(FeatureFlags flags) =>
        TypedResults.Ok(new FlagList("list", [.. GatewayFlags.All.OrderBy(flag => flag.Name, StringComparer.Ordinal).Select(flag => ShownFlag.Of(flags.StateOf(flag)))]));

    private static Results<Ok<ShownFlag>, RefusalResult> Get(string name, FeatureFlags flags) =>
        GatewayFlags.Find(name) is { } flag ? TypedResults.Ok(ShownFlag.Of(flags.StateOf(flag))) : NotFound(name);

    private static Task<Results<Ok<ShownFlag>, RefusalResult>> PutAsync(string name, NewFlag? body, HttpContext http, FeatureFlags flags, AuditLog audit, TimeProvider time)
    {
        if (body?.Enabled is not { } enabled)
        {
            return Task.FromResult<Results<Ok<ShownFlag>, RefusalResult>>(new RefusalResult(Refusal.MissingParameter("enabled")));
        }

        var options = body.ToOptions(enabled);
        return FlagOptionsValidator.FaultsOf(options).Select(fault => (Field: JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.Field), fault.Reason)).FirstOrDefault() is { Field: { } field } fault
            ? Task.FromResult<Results<Ok<ShownFlag>, RefusalResult>>(new RefusalResult(Refusal.InvalidRequest($"'{field}' {fault.Reason}", field)))
            : SwitchAsync("flag.switch", name, flag => new FlagSwitch(flag.Name, options, time.GetUtcNow(), http.User.Identity!.Name!), http, flags, audit);
    }

    private static Task<Results<Ok<ShownFlag>, RefusalResult>> DeleteAsync(string name, HttpContext http, FeatureFlags flags, AuditLog audit) =>
        SwitchAsync("flag.reset", name, _ => null, http, flags, audit);

    private static async Task<Results<Ok<ShownFlag>, RefusalResult>> SwitchAsync(
        string action, string name, Func<Flag, FlagSwitch?> change, HttpContext http, FeatureFlags flags, AuditLog audit)
    {
        if (GatewayFlags.Find(name) is not { } flag)
        {
            return NotFound(name);
        }

        var before = ShownFlag.Of(flags.StateOf(flag));
        try
        {
            await flags.SwitchAsync(flag, change(flag), http.RequestAborted);
        }
        catch (FlagsUnavailableException failure)
        {
            return new RefusalResult(Refusal.StateUnavailable($"The flag was not switched: {failure.Message} Try again.", RetryAfter));
        }

        var after = ShownFlag.Of(flags.StateOf(flag));
        await audit.RecordAsync(http, action, flag.Name, before, after);
        return TypedResults.Ok(after);
    }

    private static RefusalResult NotFound(string name) =>
        new(new Refusal(StatusCodes.Status404NotFound, Refusal.InvalidRequestError, "flag_not_found", $"There is no flag '{name}'; there are: {GatewayFlags.Names}.", "name"));

    private sealed record FlagList(string Object, IReadOnlyList<ShownFlag> Data);
}
