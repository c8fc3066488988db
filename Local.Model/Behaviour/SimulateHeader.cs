using System.Globalization;

namespace Local.Model.Behaviour;

/// <summary>
/// Reads <c>x-simulate</c>, by which one request brings its own faults in place of those in force, and its own timing:
/// <c>status=503;retry_after=2;body=…;content_type=…</c>, <c>delay_ms=500</c>, <c>silence</c>, <c>cut_after=40</c>,
/// <c>stall_after=40;stall_ms=30000</c>, <c>malformed_after=5</c>, <c>no_done</c>, <c>refuse_prefill</c>, <c>none</c>,
/// <c>time_to_first_token_ms=20000</c>, <c>tokens_per_second=50</c>, <c>jitter=0.1</c>. Values are percent-encoded.
/// </summary>
internal static class SimulateHeader
{
    public const string Name = "x-simulate";

    /// <summary>The script with the header's changes, or the words that say what is wrong with the header.</summary>
    public static (Script Script, string? Error) Apply(string header, Script script)
    {
        var faults = script.Faults.ToDictionary(fault => fault.Kind);
        foreach (var part in header.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals].Trim();
            var text = equals < 0 ? "" : Uri.UnescapeDataString(part[(equals + 1)..].Trim());
            var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1_000_000;
            if (!isNumber && name is not ("silence" or "no_done" or "refuse_prefill" or "none" or "body" or "content_type"))
            {
                return (script, $"{Name}: '{part}' is not understood; see docs/local-model.md for what is.");
            }

            switch (name)
            {
                case "none": faults.Clear(); break;
                case "time_to_first_token_ms": script = script with { TimeToFirstTokenMs = (int)number }; break;
                case "tokens_per_second": script = script with { TokensPerSecond = number }; break;
                case "jitter": script = script with { Jitter = Math.Min(1, number) }; break;
                case "status": Change(FaultKind.Status, fault => fault with { Status = (int)number }); break;
                case "retry_after": Change(FaultKind.Status, fault => fault with { RetryAfter = (int)number }); break;
                case "body": Change(FaultKind.Status, fault => fault with { Body = text }); break;
                case "content_type": Change(FaultKind.Status, fault => fault with { ContentType = text }); break;
                case "delay_ms": Change(FaultKind.Delay, fault => fault with { DurationMs = (int)number }); break;
                case "silence": Change(FaultKind.Silence, fault => fault); break;
                case "cut_after": Change(FaultKind.Cut, fault => fault with { AfterTokens = (int)number }); break;
                case "stall_after": Change(FaultKind.Stall, fault => fault with { AfterTokens = (int)number }); break;
                case "stall_ms": Change(FaultKind.Stall, fault => fault with { DurationMs = (int)number }); break;
                case "malformed_after": Change(FaultKind.Malformed, fault => fault with { AfterTokens = (int)number }); break;
                case "no_done": Change(FaultKind.NoDone, fault => fault); break;
                case "refuse_prefill": Change(FaultKind.RefusePrefill, fault => fault); break;
                default: return (script, $"{Name}: '{name}' is not known; see docs/local-model.md for what is.");
            }
        }

        var errors = BehaviourRules.Errors(new BehaviourOptions { Faults = [.. faults.Values] });
        return (script with { Faults = [.. faults.Values] }, errors.FirstOrDefault() is { } error ? $"{Name}: {error}" : null);

        void Change(FaultKind kind, Func<Fault, Fault> change) =>
            faults[kind] = change(faults.GetValueOrDefault(kind) ?? new Fault { Kind = kind });
    }
}
