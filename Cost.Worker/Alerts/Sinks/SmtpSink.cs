using System.Net;
using System.Net.Mail;
using System.Text;
using Cost.Worker.Configuration;

namespace Cost.Worker.Alerts.Sinks;

/// <summary>Sends a mail over SMTP, encrypted by STARTTLS unless that is switched off.</summary>
internal sealed class SmtpSink(SinkOptions options, string? password) : IAlertSink
{
    public async Task SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        using var mail = MailOf(message);
        using var client = new SmtpClient(options.Host!, options.Port) { EnableSsl = options.Tls, DeliveryMethod = SmtpDeliveryMethod.Network };
        if (options.User is not null)
        {
            client.Credentials = new NetworkCredential(options.User, password);
        }

        try
        {
            // A server that hangs keeps the client from noticing that it was called off.
            await client.SendMailAsync(mail, cancellationToken).WaitAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is SmtpException or IOException or InvalidOperationException)
        {
            var reason = failure is SmtpException smtp ? $"{smtp.StatusCode}: {(smtp.InnerException ?? smtp).Message}" : failure.Message;
            throw new SinkException($"it did not take the mail ({reason})", inner: failure);
        }
    }

    private MailMessage MailOf(AlertMessage message)
    {
        var mail = new MailMessage
        {
            From = new MailAddress(options.From!), Subject = message.Title(), Body = $"{message.Text()}\n\n{message.Alert.Id}", SubjectEncoding = Encoding.UTF8, BodyEncoding = Encoding.UTF8,
        };
        mail.Headers.Add("X-Alert-Message-Id", message.Id);
        foreach (var to in options.To)
        {
            mail.To.Add(to);
        }

        return mail;
    }
}
