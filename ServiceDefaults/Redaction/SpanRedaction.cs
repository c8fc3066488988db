using System.Diagnostics;
using OpenTelemetry;

namespace ServiceDefaults.Redaction;

/// <summary>Masks spans before they are exported.</summary>
internal sealed class SpanRedaction : BaseProcessor<Activity>
{
    private readonly CleanTexts _clean = new();

    public override void OnEnd(Activity data)
    {
        if (!_clean.Contains(data.DisplayName))
        {
            data.DisplayName = Redactor.Mask(data.DisplayName);
        }

        if (data.TraceStateString is { Length: > 0 } state)
        {
            data.TraceStateString = Redactor.Mask(state);
        }

        if (!IsClean(data))
        {
            MaskTags(data);
        }

        if (data.StatusDescription is { } description && !Redactor.IsClean(description))
        {
            data.SetStatus(data.Status, Redactor.Mask(description));
        }
    }

    private bool IsClean(Activity data)
    {
        foreach (ref readonly var tag in data.EnumerateTagObjects())
        {
            if (tag.Value is string text && !_clean.Contains(text))
            {
                return false;
            }
        }

        return true;
    }

    private static void MaskTags(Activity data)
    {
        foreach (var (name, value) in data.TagObjects.ToArray())
        {
            if (value is string text && !Redactor.IsClean(text))
            {
                data.SetTag(name, Redactor.Mask(text));
            }
        }
    }
}
