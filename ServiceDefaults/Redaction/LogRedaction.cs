using OpenTelemetry;
using OpenTelemetry.Logs;

namespace ServiceDefaults.Redaction;

/// <summary>Masks log records before they are exported.</summary>
internal sealed class LogRedaction : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        data.FormattedMessage = data.FormattedMessage is { } message ? Redactor.Mask(message) : null;
        data.Body = data.Body is { } body ? Redactor.Mask(body) : null;
        if (data.Attributes is { } attributes)
        {
            data.Attributes = [.. attributes.Select(attribute => attribute.Value is null or bool or int or long or double or decimal ? attribute : new(attribute.Key, Redactor.Mask(attribute.Value.ToString() ?? "")))];
        }

        if (data.Exception is { } exception && !Redactor.IsClean(exception.ToString()))
        {
            data.Exception = null;
            data.Attributes = [.. data.Attributes ?? [], new("exception.type", exception.GetType().FullName), new("exception.stacktrace", Redactor.Mask(exception.ToString()))];
        }
    }
}
