using System.Text.Json;
using Gateway.Api.Providers;
using ServiceDefaults.Network;

namespace Gateway.Api.Access.Jwt;

/// <summary>
/// The public keys of one issuer, read from its address: ahead in the background, and at once where a token names a key that is not known,
/// though not more often than every ten seconds, whatever strangers send. While they cannot be read those known stay good, to their age.
/// </summary>
internal sealed partial class JwksSource(Uri url, TimeSpan refresh, TimeSpan maxAge, TimeProvider time, ILogger logger) : IDisposable
{
    public static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(10);

    private const int LargestSet = 256 * 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new(UpstreamHttp.NewHandler(url, ConnectTimeout, propagatesTrace: false)) { Timeout = Patience, MaxResponseContentBufferSize = LargestSet };
    private readonly Lock _changes = new();
    private volatile Published? _published;
    private Task _reading = Task.CompletedTask;
    private long? _attempted;
    private volatile bool _hasFailed;

    public Uri Url => url;

    public TimeSpan Refresh => refresh;

    public TimeSpan MaxAge => maxAge;

    /// <summary>The keys that are good now; none where they are too old.</summary>
    public KeySet Current => _published is { } published && time.GetElapsedTime(published.At) < maxAge ? published.Keys : KeySet.Empty;

    /// <summary>The keys that a token may have been signed with. Where there are none the set is read anew first, if that is not too soon.</summary>
    public async ValueTask<IEnumerable<SigningKey>> FindAsync(string? id, string algorithm, CancellationToken cancellationToken)
    {
        var known = Current.Find(id, algorithm);
        if (!known.Any())
        {
            await ReadAsync(LeastPause).WaitAsync(cancellationToken);
            known = Current.Find(id, algorithm);
        }

        return known;
    }

    /// <summary>Reads the keys anew where it is time to.</summary>
    public Task KeepFreshAsync() => ReadAsync(_hasFailed ? LeastPause : refresh);

    public void Dispose() => _http.Dispose();

    private Task ReadAsync(TimeSpan leastAge)
    {
        lock (_changes)
        {
            if (_reading.IsCompleted && !(_attempted is { } attempted && time.GetElapsedTime(attempted) < leastAge))
            {
                _attempted = time.GetTimestamp();
                _reading = ReadAsync();
            }

            return _reading;
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            using var response = await _http.GetAsync(url);
            response.EnsureSuccessStatusCode();
            var text = await response.Content.ReadAsByteArrayAsync();

            // The same text is the same keys, so that what was verified with them need not be verified again.
            var isSame = _published is { } published && published.Text.AsSpan().SequenceEqual(text);
            var keys = isSame ? _published!.Keys : JwksReader.Read(text);
            _published = new Published(keys, text, time.GetTimestamp());
            _hasFailed = false;
            if (!isSame)
            {
                LogRead(keys.Count, url);
            }
        }
        catch (Exception failure) when (failure.IsOfNetwork() || failure is OperationCanceledException or JsonException or InvalidOperationException)
        {
            _hasFailed = true;
            LogFailed(url, failure.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} signing keys read from {Url}.")]
    private partial void LogRead(int count, Uri url);

    [LoggerMessage(LogLevel.Warning, "The signing keys at {Url} cannot be read ({Reason}); those known stay good for a while.")]
    private partial void LogFailed(Uri url, string reason);

    private sealed record Published(KeySet Keys, byte[] Text, long At);
}
