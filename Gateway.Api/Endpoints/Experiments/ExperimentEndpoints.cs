using System.Globalization;
using Gateway.Api.Configuration;
using Gateway.Api.Experiments.Reports;
using Gateway.Api.Experiments.Tallies;
using Gateway.Api.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Endpoints.Experiments;

/// <summary>Compares the variants of experiments. Experiments are made and ended in the configuration.</summary>
internal static class ExperimentEndpoints
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public static void MapExperiments(this IEndpointRouteBuilder endpoints)
    {
        var experiments = endpoints.MapGroup("/experiments").WithTags("Experiments");
        experiments.MapGet("", ListAsync).WithName("listExperiments").WithSummary("Every experiment, and what came of it.");
        experiments.MapGet("/{name}", GetAsync).WithName("retrieveExperiment").WithSummary("Compares the variants of an experiment on errors, latency, cost and feedback.");
    }

    private static Task<Results<Ok<ExperimentList>, RefusalResult>> ListAsync(LiveConfiguration configuration, TallyBook tallies, CancellationToken cancellationToken) =>
        GuardAsync(async () =>
        {
            var all = new List<ShownExperiment>();
            foreach (var (name, options) in configuration.Current.Experiments.OrderBy(experiment => experiment.Key, StringComparer.Ordinal))
            {
                all.Add(ExperimentReport.Build(name, options, from: null, to: null, await tallies.ReadAsync(name, cancellationToken)));
            }

            return new ExperimentList("list", all);
        });

    private static Task<Results<Ok<ShownExperiment>, RefusalResult>> GetAsync(
        string name, LiveConfiguration configuration, TallyBook tallies, CancellationToken cancellationToken, string? from = null, string? to = null)
    {
        if (!configuration.Current.Experiments.TryGetValue(name, out var options))
        {
            return Refused<ShownExperiment>(new Refusal(404, Refusal.InvalidRequestError, "experiment_not_found", $"There is no experiment '{name}'; there are: {string.Join(", ", configuration.Current.Experiments.Keys.Order(StringComparer.Ordinal))}.", "name"));
        }

        return !TryReadDay(from, out var first) ? Refused<ShownExperiment>(NoDay("from", from))
            : !TryReadDay(to, out var last) ? Refused<ShownExperiment>(NoDay("to", to))
            : GuardAsync(async () => ExperimentReport.Build(name, options, first, last, await tallies.ReadAsync(name, cancellationToken)));
    }

    private static async Task<Results<Ok<T>, RefusalResult>> GuardAsync<T>(Func<Task<T>> build)
    {
        try
        {
            return TypedResults.Ok(await build());
        }
        catch (TalliesUnavailableException failure)
        {
            return new RefusalResult(Refusal.StateUnavailable($"The counts of experiments cannot be read: {failure.Message}", RetryAfter));
        }
    }

    private static Task<Results<Ok<T>, RefusalResult>> Refused<T>(Refusal refusal) => Task.FromResult<Results<Ok<T>, RefusalResult>>(new RefusalResult(refusal));

    private static Refusal NoDay(string name, string? text) => Refusal.InvalidRequest($"'{name}' is '{text}'; it must be a day in UTC, such as 2026-11-21.", name);

    private static bool TryReadDay(string? text, out DateOnly? day)
    {
        var isDay = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed);
        day = isDay ? parsed : null;
        return isDay || text is null;
    }

    private sealed record ExperimentList(string Object, IReadOnlyList<ShownExperiment> Data);
}
