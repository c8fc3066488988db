using System.Globalization;
using Gateway.Api.Limits;
using Gateway.Api.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Api.Endpoints.Budgets;

/// <summary><c>GET /admin/budgets</c>: what is spent, held and allowed, of whoever has a budget.</summary>
internal static class BudgetEndpoints
{
    private const int UsualPage = 100;
    private const int LargestPage = 1_000;
    private const string Scopes = "key, user, tenant, model";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public static void MapBudgets(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/budgets", ListAsync).WithTags("Budgets").WithName("listBudgets").WithSummary("What is spent, held and allowed, the fullest first.");

    private static async Task<Results<Ok<Page<ShownBudget>>, RefusalResult>> ListAsync(
        BudgetBook book, TimeProvider time, CancellationToken cancellationToken,
        string? scope = null, string? tenant = null, string? query = null, [FromQuery(Name = "min_share")] string? minShare = null, string? after = null, string? limit = null)
    {
        var least = 0d;
        var fault = PageRequest.TryRead(after, limit, out var wanted, LargestPage, UsualPage)
            ?? (scope is null or "" || Scopes.Split(", ").Contains(scope) ? null : Refusal.InvalidRequest($"'scope' is '{scope}'; allowed: {Scopes}.", "scope"))
            ?? (minShare is null or "" || double.TryParse(minShare, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out least) ? null : Refusal.InvalidRequest($"'min_share' is '{minShare}'; it must be a number such as 0.8.", "min_share"));
        if (fault is not null)
        {
            return new RefusalResult(fault);
        }

        if (await book.ReadAsync(cancellationToken) is not { } budgets)
        {
            return new RefusalResult(Refusal.StateUnavailable("Budgets are counted in Redis, which does not answer at present.", RetryAfter));
        }

        var now = time.GetUtcNow();
        List<Budget> found =
        [
            .. budgets.Where(budget => budget.Share >= least && IsOrAny(budget.Scope, scope) && IsOrAny(budget.Tenant, tenant)
                && (string.IsNullOrEmpty(query) || Has(budget.Name, query) || Has(budget.Owner, query) || Has(budget.Tenant, query))),
        ];
        return wanted.TryCut(found, ShownBudget.IdOf, budget => ShownBudget.Of(budget, now), out var page) is { } unknown ? new RefusalResult(unknown) : TypedResults.Ok(page with { Total = found.Count });
    }

    private static bool IsOrAny(string? text, string? wanted) => string.IsNullOrEmpty(wanted) || text == wanted;

    private static bool Has(string? text, string query) => text?.Contains(query, StringComparison.OrdinalIgnoreCase) == true;
}
