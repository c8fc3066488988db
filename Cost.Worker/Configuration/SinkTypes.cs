namespace Cost.Worker.Configuration;

/// <summary>The ways there are to tell somebody.</summary>
internal enum SinkTypes
{
    Webhook,
    Slack,
    Smtp,
    Sns,
}
