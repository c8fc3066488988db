using System.Net.Mail;
using Cost.Worker.Alerts.Sinks;
using ServiceDefaults.Network;
using ServiceDefaults.Secrets;

namespace Cost.Worker.Configuration;

/// <summary>What is wrong with a sink; secrets that stand where their references belong are not repeated.</summary>
internal static class SinkOptionsValidator
{
    private const int LongestName = 64;

    public static IEnumerable<string> Faults(string name, SinkOptions sink)
    {
        var key = $"Alerts:Sinks:{name}";
        if (name.Length > LongestName || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            yield return $"{key} is no name of a sink; allowed: 1 to {LongestName} letters, digits, '-' and '_'.";
        }

        var faults = OptionsReader.RangeFaults(key, sink).Concat(sink.Type switch
        {
            SinkTypes.Webhook => UrlFaults(key, sink).Concat(SecretFaults($"{key}:Secret", sink.Secret, isRequired: true)),
            SinkTypes.Slack => UrlFaults(key, sink),
            SinkTypes.Smtp => SmtpFaults(key, sink),
            SinkTypes.Sns => SnsFaults(key, sink),
            _ => [$"{key}:Type is missing; it must be one of {string.Join(", ", Enum.GetNames<SinkTypes>())}."],
        });
        foreach (var fault in faults)
        {
            yield return fault;
        }
    }

    /// <summary>Why an address cannot be posted to; null where it can.</summary>
    public static string? UrlFault(string? url, bool allowPrivate)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
        {
            return "must be an https address without credentials, or env:NAME.";
        }

        return NetworkAddresses.IsPrivate(address)
            ? allowPrivate ? null : $"leads to '{address.Host}', of this machine or within a network; use a public address, or set AllowPrivate."
            : address.Scheme == "https" ? null : $"is plain HTTP to '{address.Host}'; use https.";
    }

    private static IEnumerable<string> UrlFaults(string key, SinkOptions sink)
    {
        if (!(sink.Url is { } url && SecretReference.IsEnvironment(url)) && UrlFault(sink.Url, sink.AllowPrivate) is { } fault)
        {
            yield return $"{key}:Url {fault}";
        }
    }

    private static IEnumerable<string> SecretFaults(string key, string? reference, bool isRequired)
    {
        if (string.IsNullOrEmpty(reference) ? isRequired : !SecretReference.IsEnvironment(reference))
        {
            yield return $"{key} must name an environment variable (env:NAME), not hold the secret itself.";
        }
    }

    private static IEnumerable<string> SmtpFaults(string key, SinkOptions sink)
    {
        if (string.IsNullOrWhiteSpace(sink.Host) || Uri.CheckHostName(sink.Host) == UriHostNameType.Unknown)
        {
            yield return $"{key}:Host is '{sink.Host}'; it must be the name or address of a mail server.";
        }

        else if (!sink.Tls && (sink.User is not null || !NetworkAddresses.IsPrivate(new UriBuilder(Uri.UriSchemeHttp, sink.Host).Uri)))
        {
            yield return $"{key}:Tls is off; that takes a Host of this machine or within a network, and no User.";
        }

        if (!MailAddress.TryCreate(sink.From, out _))
        {
            yield return $"{key}:From is '{sink.From}'; it must be a mail address.";
        }

        if (sink.To.Count == 0)
        {
            yield return $"{key}:To is empty; it must hold mail addresses.";
        }

        for (var i = 0; i < sink.To.Count; i++)
        {
            if (!MailAddress.TryCreate(sink.To[i], out _))
            {
                yield return $"{key}:To:{i} is '{sink.To[i]}'; it must be a mail address.";
            }
        }

        foreach (var fault in SecretFaults($"{key}:Password", sink.Password, isRequired: sink.User is not null))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> SnsFaults(string key, SinkOptions sink)
    {
        if (SnsSink.RegionOf(sink.Topic) is null)
        {
            yield return $"{key}:Topic is '{sink.Topic}'; it must be an ARN such as arn:aws:sns:eu-central-1:123456789012:alerts.";
        }

        if (sink.ServiceUrl is { Length: > 0 } url && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            yield return $"{key}:ServiceUrl is '{url}'; it must be an http or https address.";
        }
    }
}
