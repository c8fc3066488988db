using System.Text;
using Gateway.Api.Configuration;

namespace Gateway.Api.Access.Jwt;

/// <summary>The issuers of the configuration in force, and their published keys, kept fresh in the background. A change of the configuration leaves the keys of an issuer that it does not touch.</summary>
internal sealed partial class JwtIssuers : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly LiveConfiguration _configuration;
    private readonly TimeProvider _time;
    private readonly ILogger<JwtIssuers> _logger;
    private volatile IReadOnlyList<JwtIssuer> _current = [];

    public JwtIssuers(LiveConfiguration configuration, TimeProvider time, ILogger<JwtIssuers> logger)
    {
        _configuration = configuration;
        _time = time;
        _logger = logger;
        Take(configuration.Current);
        configuration.Changed += Take;
    }

    /// <summary>Another list after each change of the configuration.</summary>
    public IReadOnlyList<JwtIssuer> Current => _current;

    public override void Dispose()
    {
        _configuration.Changed -= Take;
        foreach (var source in _current.Select(issuer => issuer.Published))
        {
            source?.Dispose();
        }

        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        do
        {
            await Task.WhenAll(_current.Select(issuer => issuer.Published?.KeepFreshAsync() ?? Task.CompletedTask));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Take(GatewayOptions options)
    {
        var before = _current.Select(issuer => issuer.Published).OfType<JwksSource>().ToArray();
        _current = [.. options.Access.Jwt.Issuers.Select(issuer => new JwtIssuer(issuer, SharedKeysOf(issuer), PublishedKeysOf(issuer, before)))];
        foreach (var gone in before.Except(_current.Select(issuer => issuer.Published)))
        {
            gone!.Dispose();
        }
    }

    private JwksSource? PublishedKeysOf(JwtIssuerOptions issuer, JwksSource[] before)
    {
        if (string.IsNullOrEmpty(issuer.JwksUrl))
        {
            return null;
        }

        var (url, refresh, maxAge) = (new Uri(issuer.JwksUrl), TimeSpan.FromMinutes(issuer.JwksRefreshMinutes), TimeSpan.FromMinutes(issuer.JwksMaxAgeMinutes));
        return Array.Find(before, source => source.Url == url && source.Refresh == refresh && source.MaxAge == maxAge) ?? new JwksSource(url, refresh, maxAge, _time, _logger);
    }

    private KeySet SharedKeysOf(JwtIssuerOptions issuer)
    {
        if (string.IsNullOrEmpty(issuer.Key))
        {
            return KeySet.Empty;
        }

        var key = Encoding.UTF8.GetBytes(_configuration.Secret(issuer.Key) ?? "");
        if (key.Length < SharedKey.LeastBytes)
        {
            LogNoKey(issuer.Issuer, issuer.Key, SharedKey.LeastBytes);
            return KeySet.Empty;
        }

        return new KeySet([new SharedKey(key)]);
    }

    [LoggerMessage(LogLevel.Warning, "Tokens of {Issuer} are not taken: {Reference} leads to no key of {LeastBytes} bytes or more.")]
    private partial void LogNoKey(string issuer, string reference, int leastBytes);
}
