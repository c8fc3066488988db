using System.Text;
using Gateway.Api.Pipeline;
using ServiceDefaults.Redaction;

namespace Gateway.Api.Telemetry;

/// <summary>
/// Providers quote the request in their errors, and what they say is logged and shown to administrators: whatever of it stands in the request too is left out,
/// unless content may be logged for the key.
/// </summary>
internal static class PromptEcho
{
    /// <summary>As many letters in a row are no accident.</summary>
    private const int Window = 12;

    /// <summary>Beyond it, to search would cost more than the words are worth.</summary>
    private const int MaxBody = 64 * 1024;

    private const int MaxReason = 2 * 1024;

    public static string Mask(GatewayRequest request, string reason) => Redactor.Mask(Cut(request, reason));

    private static string Cut(GatewayRequest request, string reason)
    {
        if (ContentLog.IsAllowed(request.Caller))
        {
            return reason;
        }

        // What is passed through is not kept, so there is nothing to look for.
        if (request.Body is not { } body || body.Length > MaxBody || reason.Length > MaxReason)
        {
            return $"{Redactor.Mark} (the reason is in the caller's reply)";
        }

        var text = Encoding.UTF8.GetString(body.Span);
        var (from, to) = OffsetsOfModel(request, body);
        var names = request.Target?.Name ?? "";
        var masked = new StringBuilder();
        for (var i = 0; i < reason.Length;)
        {
            var echoed = EchoedAt(reason, i, text, from, to, names);
            if (echoed == 0)
            {
                masked.Append(reason[i++]);
            }
            else
            {
                masked.Append(Redactor.Mark);
                i += echoed;
            }
        }

        return masked.ToString();
    }

    // How many letters from here on stand in the request too; 0 where too few do.
    private static int EchoedAt(string reason, int start, string text, int modelFrom, int modelTo, string names)
    {
        if (start + Window > reason.Length || names.Contains(reason.AsSpan(start, Window), StringComparison.Ordinal))
        {
            return 0;
        }

        var longest = 0;
        for (var at = text.AsSpan().IndexOf(reason.AsSpan(start, Window)); at >= 0;)
        {
            // Its model's name is no secret.
            if (at < modelFrom || at >= modelTo)
            {
                longest = Math.Max(longest, reason.AsSpan(start).CommonPrefixLength(text.AsSpan(at)));
            }

            var next = text.AsSpan(at + 1).IndexOf(reason.AsSpan(start, Window));
            at = next < 0 ? -1 : at + 1 + next;
        }

        return longest;
    }

    private static (int From, int To) OffsetsOfModel(GatewayRequest request, PooledBody body)
    {
        var (from, length) = request.Fields.ModelValue.GetOffsetAndLength(body.Length);
        var before = Encoding.UTF8.GetCharCount(body.Span[..from]);
        return (before, before + Encoding.UTF8.GetCharCount(body.Span.Slice(from, length)));
    }
}
