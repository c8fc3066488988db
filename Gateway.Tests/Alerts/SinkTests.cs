using System.Security.Cryptography;
using System.Text;
using Cost.Worker.Alerts.Sinks;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Alerts;

/// <summary>A gateway whose circuit opens, and who is told of it how.</summary>
[Trait("Requirement", "G4.4")]
public sealed class SinkTests : IAsyncLifetime
{
    private const string Secret = "whsec_dGhlIHNlY3JldCBvZiB0aGUgdGVzdA==";

    private readonly string _data = Directory.CreateTempSubdirectory("alerts-").FullName;
    private ScriptedGateway _gateway = null!;
    private WebhookReceiver _receiver = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _gateway = await ScriptedGateway.StartAsync();
        _receiver = await WebhookReceiver.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        await _gateway.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_webhook_gets_the_beginning_and_the_end_signed_as_the_standard_says()
    {
        await using var worker = await StartAsync(Webhook("ops"));
        OpenCircuit();
        var raised = await _receiver.TakeAsync(Token);
        _gateway.Set("phi", "local/phi");
        var resolved = await _receiver.TakeAsync(Token);

        raised.Summary.ShouldBe("alert.raised circuit_open local/phi warning");
        resolved.Summary.ShouldBe("alert.resolved circuit_open local/phi warning");
        ((string)resolved.Json["alert"]!["id"]!).ShouldBe((string)raised.Json["alert"]!["id"]!);
        foreach (var delivery in new[] { raised, resolved })
        {
            var signed = $"{delivery.Headers["webhook-id"]}.{delivery.Headers["webhook-timestamp"]}.{delivery.Text}";
            var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes("the secret of the test"), Encoding.UTF8.GetBytes(signed)));
            delivery.Headers["webhook-signature"].ShouldBe($"v1,{signature}");
            delivery.Headers["webhook-id"].ShouldBe((string)delivery.Json["id"]!);
        }
    }

    [Fact]
    public async Task A_dead_sink_that_comes_back_gets_everything_in_order_also_after_a_restart_of_the_worker()
    {
        _receiver.Status = new(503);
        await using (await StartAsync(Webhook("ops")))
        {
            OpenCircuit();
            await _receiver.CalledAsync(Token);
            Directory.GetFiles(Path.Combine(_data, "alerts", "outbox", "ops")).Length.ShouldBe(1);
        }

        // The gateway is away too, so that the worker does not know whether the trouble lasts.
        _gateway.FailsWith = 500;
        _receiver.Status = new(204);
        await using var worker = await StartAsync(Webhook("ops"));
        var raised = await _receiver.TakeAsync(Token);
        using var admin = worker.AdminClient();
        (await admin.GetStringAsync("/alerts", Token)).ShouldContain("\"data\":[{");
        _gateway.Set("phi", "local/phi");
        _gateway.FailsWith = null;
        var resolved = await _receiver.TakeAsync(Token);

        raised.Summary.ShouldBe("alert.raised circuit_open local/phi warning");
        resolved.Summary.ShouldBe("alert.resolved circuit_open local/phi warning");
        ((string)resolved.Json["alert"]!["id"]!).ShouldBe((string)raised.Json["alert"]!["id"]!);
    }

    [Fact]
    public async Task A_sink_that_hangs_holds_up_nobody()
    {
        await using var hanging = await WebhookReceiver.StartAsync();
        hanging.Status = new(null);
        await using var worker = await StartAsync([.. Webhook("hangs", hanging), .. Webhook("ops")]);
        OpenCircuit();
        await hanging.CalledAsync(Token);

        (await _receiver.TakeAsync(Token)).Summary.ShouldBe("alert.raised circuit_open local/phi warning");
        await hanging.CalledAsync(Token);
        using var admin = worker.AdminClient();
        var sinks = await admin.GetStringAsync("/alerts", Token);
        sinks.ShouldContain("""{"name":"hangs","type":"webhook","waiting":1,"rejected":0,"trouble":"it did not answer within 1 s.","delivered_at":null}""");
    }

    [Fact]
    public async Task A_message_that_is_rejected_is_put_aside_and_does_not_stop_the_next()
    {
        _receiver.Status = new(422);
        await using var worker = await StartAsync(Webhook("ops"));
        OpenCircuit();
        await _receiver.CalledAsync(Token);
        _receiver.Status = new(204);
        _gateway.Set("phi", "local/phi");

        (await _receiver.TakeAsync(Token)).Summary.ShouldBe("alert.resolved circuit_open local/phi warning");
        Directory.GetFiles(Path.Combine(_data, "alerts", "outbox", "ops", "rejected")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_name_that_leads_into_the_network_is_refused_at_the_connection()
    {
        using var http = new AlertHttp(allowPrivate: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, new UriBuilder(_receiver.Address) { Host = "localhost" }.Uri);
        (await Should.ThrowAsync<SinkException>(() => http.PostAsync(request, Token))).Message.ShouldStartWith("it cannot be reached: localhost has no public address.");
    }

    [Fact]
    public async Task Slack_gets_a_text_that_no_data_can_make_a_link_or_a_mention_of()
    {
        await using var worker = await StartAsync(
            ("Alerts:Sinks:chat:Type", "Slack"), ("Alerts:Sinks:chat:Url", "env:SLACK_URL"), ("SLACK_URL", _receiver.Address.AbsoluteUri), ("Alerts:Sinks:chat:AllowPrivate", "true"));
        _gateway.Set("phi", "<!channel>", circuit: "open", reason: "a & b");

        var text = (string)(await _receiver.TakeAsync(Token)).Json["text"]!;

        text.ShouldStartWith("*[warning] circuit_open &lt;!channel&gt;*\nThe circuit of &lt;!channel&gt; is open: a &amp; b Since ");
    }

    [Fact]
    public async Task A_mail_server_gets_a_mail_also_after_it_hung()
    {
        await using var mail = new SmtpReceiver { Hangs = true };
        await using var worker = await StartAsync(
            ("Alerts:Sinks:mail:Type", "Smtp"), ("Alerts:Sinks:mail:Host", "127.0.0.1"), ("Alerts:Sinks:mail:Port", $"{mail.Port}"), ("Alerts:Sinks:mail:Tls", "false"),
            ("Alerts:Sinks:mail:From", "gateway@example.com"), ("Alerts:Sinks:mail:To:0", "ops@example.com"), ("Alerts:Sinks:mail:To:1", "boss@example.com"), ("Alerts:Sinks:mail:TimeoutSeconds", "1"));
        OpenCircuit();
        await mail.ConnectedAsync(Token);
        mail.Hangs = false;

        var text = await mail.TakeAsync(Token);

        text.ShouldContain("MAIL FROM:<gateway@example.com>");
        text.ShouldContain("RCPT TO:<ops@example.com>");
        text.ShouldContain("RCPT TO:<boss@example.com>");
        text.ShouldContain("Subject: [warning] circuit_open local/phi");
    }

    [Fact]
    [Trait("Requirement", "D3.4")]
    public async Task A_topic_of_SNS_gets_a_signed_message_with_its_severity()
    {
        await using var aws = await LoopbackAws.StartAsync();
        await using var worker = await StartAsync(
            [.. aws.Settings, ("Alerts:Sinks:sns:Type", "Sns"), ("Alerts:Sinks:sns:Topic", "arn:aws:sns:eu-central-1:123456789012:alerts"), ("Alerts:Sinks:sns:ServiceUrl", aws.Address.AbsoluteUri)]);
        aws.FailOnce(400, "Throttling");
        OpenCircuit();
        await aws.CalledAsync(2, Token);

        var published = aws.Published.ShouldHaveSingleItem();
        aws.Scope.ShouldBe("eu-central-1/sns");
        published["TopicArn"].ShouldBe("arn:aws:sns:eu-central-1:123456789012:alerts");
        published["Subject"].ShouldBe("[warning] circuit_open local/phi");
        published["MessageAttributes.entry.1.Value.StringValue"].ShouldBe("warning");
        published["Message"].ShouldContain("\"event\":\"alert.raised\"");
    }

    [Fact]
    public async Task A_sink_is_told_only_of_what_is_bad_enough_for_it()
    {
        await using var worker = await StartAsync([.. Webhook("ops"), ("Alerts:Sinks:ops:Severity", "Critical")]);
        OpenCircuit();
        await _gateway.AskedAsync(3, Token);
        _gateway.Set("phi", "local/phi", available: false, reason: "It is left alone.", circuit: "open");

        (await _receiver.TakeAsync(Token)).Summary.ShouldBe("alert.raised target_down phi local/phi critical");
    }

    private void OpenCircuit() => _gateway.Set("phi", "local/phi", circuit: "open");

    private (string, string)[] Webhook(string name, WebhookReceiver? receiver = null) =>
    [
        ($"Alerts:Sinks:{name}:Type", "Webhook"), ($"Alerts:Sinks:{name}:Url", (receiver ?? _receiver).Address.AbsoluteUri), ($"Alerts:Sinks:{name}:Secret", "env:WEBHOOK_SECRET"),
        ($"Alerts:Sinks:{name}:AllowPrivate", "true"), ($"Alerts:Sinks:{name}:TimeoutSeconds", "1"), ("WEBHOOK_SECRET", Secret),
    ];

    private Task<CostHost> StartAsync(params (string Key, string Value)[] settings) => CostHost.StartAsync(
        _data, redisPort: null, time: null, [("Alerts:Gateway", _gateway.Address.AbsoluteUri), ("Alerts:EverySeconds", "0.1"), ("Alerts:ResolveAfterSeconds", "0"), .. settings]);
}
