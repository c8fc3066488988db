using System.ComponentModel.DataAnnotations;
using Cost.Worker.Alerts;

namespace Cost.Worker.Configuration;

/// <summary>Somebody who is told of alerts.</summary>
internal sealed record SinkOptions
{
    /// <summary><c>Webhook</c>, <c>Slack</c>, <c>Smtp</c> or <c>Sns</c>. Required.</summary>
    public SinkTypes? Type { get; init; }

    /// <summary>The least severity that is told: <c>Info</c>, <c>Warning</c> (the default) or <c>Critical</c>. The end of an alert is told where its worst was.</summary>
    public Severity Severity { get; init; } = Severity.Warning;

    /// <summary>How long one attempt may take, in seconds; 1 to 60, 10 by default.</summary>
    [Range(1, 60)]
    public int TimeoutSeconds { get; init; } = 10;

    /// <summary>Webhook, Slack: the https address, or <c>env:NAME</c> where the address itself is a secret.</summary>
    public string? Url { get; init; }

    /// <summary>Webhook: a reference to the secret that messages are signed with, <c>env:NAME</c>; required.</summary>
    public string? Secret { get; init; }

    /// <summary>Webhook, Slack: whether the address may be one of this machine or within a network, and without TLS there. Off by default.</summary>
    public bool AllowPrivate { get; init; }

    /// <summary>Smtp: the server's name.</summary>
    public string? Host { get; init; }

    /// <summary>Smtp: its port; 1 to 65,535, 587 by default.</summary>
    [Range(1, 65_535)]
    public int Port { get; init; } = 587;

    /// <summary>Smtp: whether the connection must be encrypted (STARTTLS). On by default; off only for a <see cref="Host"/> of this machine or within a network, without <see cref="User"/>.</summary>
    public bool Tls { get; init; } = true;

    /// <summary>Smtp: the name to sign in with; none where left out.</summary>
    public string? User { get; init; }

    /// <summary>Smtp: a reference to its password, <c>env:NAME</c>.</summary>
    public string? Password { get; init; }

    /// <summary>Smtp: the sender's address.</summary>
    public string? From { get; init; }

    /// <summary>Smtp: the receivers' addresses.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>Sns: the topic's ARN, whose region it is reached in.</summary>
    public string? Topic { get; init; }

    /// <summary>Sns: where SNS is reached instead of at AWS.</summary>
    public string? ServiceUrl { get; init; }
}
