using Cost.Worker.Ledger;
using Cost.Worker.Reports;

namespace Cost.Worker.Forecasts;

/// <summary>Forecasts spend from the ledger. An answer is given again for a minute.</summary>
internal sealed class SpendForecaster(IUsageLedger ledger, TimeProvider time) : IDisposable
{
    /// <summary>The groups that spent most of late have a forecast of their own.</summary>
    public const int MostSeries = 100;

    private const int LateDays = 28;

    private static readonly TimeSpan GivenAgainFor = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly SpendHistory _history = new(ledger, time);
    private readonly Dictionary<string, SpendForecast> _answers = [];
    private DayProfile? _profile;

    /// <param name="by">What to group by; nothing for the total alone.</param>
    /// <exception cref="LedgerUnavailableException">The ledger cannot be read at present.</exception>
    public async Task<SpendForecast> ForecastAsync(IReadOnlyList<Dimension> by, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var key = string.Join(',', by.Select(dimension => dimension.Name));
            var now = time.GetUtcNow();
            if (!_answers.TryGetValue(key, out var answer) || now - answer.At is var age && (age < TimeSpan.Zero || age >= GivenAgainFor))
            {
                _answers[key] = answer = await MakeAsync(by, now, cancellationToken);
            }

            return answer;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<SpendForecast> MakeAsync(IReadOnlyList<Dimension> by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var (series, notes) = await _history.ReadAsync(by, today, cancellationToken);
        if (_profile?.Day != today)
        {
            _profile = await DayProfile.ReadAsync(ledger, today, cancellationToken);
        }

        var share = _profile.ShareUntil(now.UtcDateTime.TimeOfDay);
        var forecasts = by.Count == 0 ? [] : series
            .OrderByDescending(one => one.NanoUsd(today.AddDays(-LateDays), today.AddDays(1))).Take(MostSeries)
            .AsParallel().WithCancellation(cancellationToken)
            .Select(one => SeriesForecast.Of(one, today, share)).OfType<SeriesForecast>().ToList();
        forecasts.Sort((a, b) => GroupNames.Compare(a.Names, b.Names));
        var total = SeriesForecast.Of(SpendSeries.Sum(series), today, share);
        return new SpendForecast(now, by, forecasts, total, by.Count == 0 ? 0 : series.Count - forecasts.Count, notes);
    }
}
