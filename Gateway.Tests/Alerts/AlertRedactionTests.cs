using System.Text;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redaction;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Alerts;

/// <summary>A gateway that has secrets in all that it says of a target, and what each sink and the log are told of it.</summary>
[Trait("Requirement", "G6.4")]
public sealed class AlertRedactionTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("alerts-").FullName;
    private ScriptedGateway _gateway = null!;
    private WebhookReceiver _webhook = null!;
    private WebhookReceiver _chat = null!;
    private SmtpReceiver _mail = null!;
    private LoopbackAws _aws = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gateway = await ScriptedGateway.StartAsync();
        _webhook = await WebhookReceiver.StartAsync();
        _chat = await WebhookReceiver.StartAsync();
        _mail = new SmtpReceiver();
        _aws = await LoopbackAws.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _aws.DisposeAsync();
        await _mail.DisposeAsync();
        await _chat.DisposeAsync();
        await _webhook.DisposeAsync();
        await _gateway.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task No_planted_secret_leaves_in_an_alert()
    {
        await using var worker = await CostHost.StartAsync(
            _data, redisPort: null, time: null,
            [
                .. _aws.Settings, ("Alerts:Gateway", _gateway.Address.AbsoluteUri), ("Alerts:EverySeconds", "0.1"), ("Alerts:ResolveAfterSeconds", "0"),
                ("Alerts:Sinks:hook:Type", "Webhook"), ("Alerts:Sinks:hook:Url", _webhook.Address.AbsoluteUri), ("Alerts:Sinks:hook:Secret", "env:WEBHOOK_SECRET"),
                ("Alerts:Sinks:hook:AllowPrivate", "true"), ("WEBHOOK_SECRET", "sesame"),
                ("Alerts:Sinks:chat:Type", "Slack"), ("Alerts:Sinks:chat:Url", "env:SLACK_URL"), ("SLACK_URL", _chat.Address.AbsoluteUri), ("Alerts:Sinks:chat:AllowPrivate", "true"),
                ("Alerts:Sinks:mail:Type", "Smtp"), ("Alerts:Sinks:mail:Host", "127.0.0.1"), ("Alerts:Sinks:mail:Port", $"{_mail.Port}"), ("Alerts:Sinks:mail:Tls", "false"),
                ("Alerts:Sinks:mail:From", "gateway@localhost"), ("Alerts:Sinks:mail:To:0", "ops@localhost"),
                ("Alerts:Sinks:sns:Type", "Sns"), ("Alerts:Sinks:sns:Topic", "arn:aws:sns:eu-central-1:123456789012:alerts"), ("Alerts:Sinks:sns:ServiceUrl", _aws.Address.AbsoluteUri),
            ]);
        _gateway.Set("phi", PlantedSecrets.Sentence, circuit: "open", reason: PlantedSecrets.Sentence);

        var raised = await _webhook.TakeAsync(Token);
        _gateway.Set("phi", PlantedSecrets.Sentence);
        var resolved = await _webhook.TakeAsync(Token);
        ShouldBeMasked("the webhook", raised.Text);
        ShouldBeMasked("the webhook", resolved.Text);
        ShouldBeMasked("the chat", (await _chat.TakeAsync(Token)).Text);
        ShouldBeMasked("the mail", Decoded(await _mail.TakeAsync(Token)));
        await _aws.CalledAsync(1, Token);
        ShouldBeMasked("the topic", string.Join('\n', _aws.Published.First().Values));
        ShouldBeMasked("the log", string.Join('\n', worker.Log.Lines.Where(line => line.Category.Contains("Alerts", StringComparison.Ordinal)).Select(line => line.Message)));
        resolved.Json["alert"]!["id"]!.ToString().ShouldBe(raised.Json["alert"]!["id"]!.ToString());
    }

    private static void ShouldBeMasked(string where, string text)
    {
        text.ShouldContain("[redacted]", customMessage: where);
        PlantedSecrets.All.Append(PlantedSecrets.Bearer).Where(secret => text.Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty(where);
    }

    // Base64 where it is not plain.
    private static string Decoded(string mail)
    {
        var body = string.Concat(mail.ReplaceLineEndings("\n").Split("\n\n").Skip(1)).Replace("\n", "", StringComparison.Ordinal);
        var bytes = new byte[body.Length];
        return Convert.TryFromBase64String(body, bytes, out var length) ? mail + Encoding.UTF8.GetString(bytes, 0, length) : mail.Replace("=\n", "", StringComparison.Ordinal);
    }
}
