using Cost.Worker.Configuration;
using Microsoft.Extensions.Options;
using ServiceDefaults.Aws;
using ServiceDefaults.Secrets;

namespace Cost.Worker.Alerts.Sinks;

/// <summary>Makes the sinks that the configuration names; a secret that is not there is a fault of the start.</summary>
internal sealed class SinkFactory(IConfiguration configuration, string directory, TimeProvider time, ILoggerFactory loggers) : IDisposable
{
    private AwsCredentialSource? _credentials;

    /// <exception cref="OptionsValidationException">A secret is missing, or what it holds is not allowed.</exception>
    public IReadOnlyList<SinkCourier> Create(AlertsOptions options) =>
        [.. options.Sinks.Select(sink => new SinkCourier(
            sink.Key, sink.Value, Create($"Alerts:Sinks:{sink.Key}", sink.Value), new Outbox(Path.Combine(directory, "outbox", sink.Key)), time, loggers.CreateLogger<SinkCourier>()))];

    public void Dispose() => _credentials?.Dispose();

    private IAlertSink Create(string key, SinkOptions sink) => sink.Type switch
    {
        SinkTypes.Webhook => new WebhookSink(AddressOf(key, sink), SigningKeyOf($"{key}:Secret", sink.Secret!), sink.AllowPrivate, time),
        SinkTypes.Slack => new SlackSink(AddressOf(key, sink), sink.AllowPrivate),
        SinkTypes.Smtp => new SmtpSink(sink, sink.Password is null ? null : SecretOf($"{key}:Password", sink.Password)),
        SinkTypes.Sns => new SnsSink(sink, Credentials(), time),
        _ => throw new InvalidOperationException($"{key} has no type."),
    };

    private Uri AddressOf(string key, SinkOptions sink)
    {
        if (!SecretReference.IsEnvironment(sink.Url!))
        {
            return new Uri(sink.Url!);
        }

        var url = SecretOf($"{key}:Url", sink.Url!);
        return SinkOptionsValidator.UrlFault(url, sink.AllowPrivate) is { } fault ? throw Fault($"{key}:Url, in {sink.Url}, {fault}") : new Uri(url);
    }

    private byte[] SigningKeyOf(string key, string reference)
    {
        try
        {
            return WebhookSink.KeyOf(SecretOf(key, reference));
        }
        catch (FormatException)
        {
            throw Fault($"{key}: what {reference} holds begins with whsec_ and must be Base64 after it.");
        }
    }

    private string SecretOf(string key, string reference) =>
        SecretReference.Resolve(reference, configuration) ?? throw Fault($"{key} is {reference}, and there is no such environment variable, or it is empty.");

    private AwsCredentialSource Credentials()
    {
        if (_credentials is null)
        {
            _credentials = new AwsCredentialSource(new AwsCredentialChain(configuration).FindAsync, time, loggers.CreateLogger<AwsCredentialSource>());
            _credentials.Start();
        }

        return _credentials;
    }

    private static OptionsValidationException Fault(string fault) => new(AlertsOptions.Section, typeof(AlertsOptions), [fault]);
}
