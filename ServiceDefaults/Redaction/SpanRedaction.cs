using System.Diagnostics;
using OpenTelemetry;

namespace ServiceDefaults.Redaction;

/// <summary>Masks spans before they are exported.</summary>
internal sealed class SpanRedaction : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        data.DisplayName = Redactor.Mask(data.DisplayName);
        if (data.TraceStateString is { Length: > 0 } state)
        {
            data.TraceStateString = Redactor.Mask(state);
        }

        foreach (var (name, value) in data.TagObjects.ToArray())
        {
            if (value is string text && !Redactor.IsClean(text))
            {
                data.SetTag(name, Redactor.Mask(text));
            }
        }

        if (data.StatusDescription is { } description && !Redactor.IsClean(description))
        {
            data.SetStatus(data.Status, Redactor.Mask(description));
        }
    }
}
