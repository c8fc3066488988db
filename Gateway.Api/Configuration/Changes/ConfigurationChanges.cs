using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Configuration.Changes;

/// <summary>Makes versions of what is put at <c>/admin/config</c>: checked here first, kept for all replicas, and in force here at once.</summary>
internal sealed class ConfigurationChanges(IConfigurationHistory history, LiveConfiguration live, TimeProvider time)
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    /// <param name="section">Section <c>Gateway</c>, or a part of it.</param>
    /// <param name="expected">The version that the author has seen; null where any will do.</param>
    /// <param name="author">Who.</param>
    /// <param name="isDryRun">Whether it is only checked and compared.</param>
    /// <param name="cancellationToken">The author left.</param>
    /// <exception cref="IOException">It cannot be kept, and is not in force.</exception>
    public async Task<ChangeOutcome> PutAsync(JsonElement section, long? expected, string author, bool isDryRun, CancellationToken cancellationToken)
    {
        var newest = await history.ReadNewestAsync(cancellationToken);
        return await ChangeAsync(newest, section, expected, author, isDryRun, rollbackTo: null, cancellationToken);
    }

    /// <param name="to">The version to put back; null for the one before the newest.</param>
    /// <inheritdoc cref="PutAsync" path="/param"/>
    /// <exception cref="IOException">It cannot be kept, and is not in force.</exception>
    public async Task<ChangeOutcome> RollBackAsync(long? to, long? expected, string author, bool isDryRun, CancellationToken cancellationToken)
    {
        var versions = await history.ReadAllAsync(cancellationToken);
        var newest = versions.Count > 0 ? versions[0] : null;
        var wanted = to ?? (newest?.Version ?? 0) - 1;
        var section = wanted == 0 ? Nothing : versions.FirstOrDefault(version => version.Version == wanted)?.Gateway;
        return section is { } found ? await ChangeAsync(newest, found, expected, author, isDryRun, wanted, cancellationToken) : new ChangeOutcome.NoSuchVersion(wanted);
    }

    private async Task<ChangeOutcome> ChangeAsync(
        ConfigurationVersion? newest, JsonElement section, long? expected, string author, bool isDryRun, long? rollbackTo, CancellationToken cancellationToken)
    {
        var current = newest?.Version ?? 0;
        if (expected is not null && expected != current)
        {
            return new ChangeOutcome.Conflict(current);
        }

        var version = new ConfigurationVersion(current + 1, author, time.GetUtcNow(), section, rollbackTo);
        ConfigurationDifference difference;
        try
        {
            difference = ConfigurationDifference.Between(live.Current, live.Try(version));
        }
        catch (OptionsValidationException invalid)
        {
            return Refuse([.. invalid.Failures], isDryRun);
        }

        if (isDryRun)
        {
            return new ChangeOutcome.Checked(current, difference);
        }

        if (!await history.TryAddAsync(version, cancellationToken))
        {
            return new ChangeOutcome.Conflict((await history.ReadNewestAsync(cancellationToken))?.Version ?? 0);
        }

        live.Take(version);
        return new ChangeOutcome.Made(version, difference);
    }

    private ChangeOutcome.Refused Refuse(IReadOnlyList<string> faults, bool isDryRun)
    {
        if (!isDryRun)
        {
            live.Refuse(RefusedChange.AdminApi, faults);
        }

        return new ChangeOutcome.Refused(faults);
    }
}
