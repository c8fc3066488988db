using System.Globalization;
using System.Text;
using System.Text.Json;
using Cost.Worker.Ledger;
using Cost.Worker.Traffic.Series;
using ServiceDefaults.Usage;

namespace Cost.Worker.Requests;

/// <summary>Which requests of the log are wanted: those that pass all of what is asked for.</summary>
internal sealed class RequestFilter
{
    private const int LongestText = 200;
    private const long MicrosecondsPerMillisecond = 1_000;

    private static readonly Dictionary<string, Func<UsageEvent, string?>> Names = new(StringComparer.Ordinal)
    {
        ["tenant"] = one => one.Tenant,
        ["user"] = one => one.User,
        ["key"] = one => one.Key,
        ["alias"] = one => one.Alias,
        ["target"] = TrafficDimension.TargetOf,
        ["provider"] = one => one.Provider,
        ["model"] = one => one.Model,
        ["variant"] = one => one.Variant,
        ["error"] = one => one.Error,
        ["request_id"] = one => one.RequestId,
        ["trace_id"] = one => one.TraceId,
        ["operation"] = one => one.Operation,
        ["http_status"] = one => one.HttpStatus.ToString(CultureInfo.InvariantCulture),
        ["cache"] = LoggedRequest.CacheOf,
        ["batch"] = one => one.Batch ? "true" : "false",
        ["streamed"] = one => one.Streamed ? "true" : "false",
    };

    private static readonly Func<UsageEvent, string?>[] Searched = [.. Names.Where(name => name.Key is not ("http_status" or "cache" or "batch" or "streamed")).Select(name => name.Value)];

    // Of those that a record holds as they are: a target is made of two, and what is false or none is left out of it.
    private static readonly HashSet<string> Written = ["tenant", "user", "key", "alias", "provider", "model", "variant", "error", "request_id", "trace_id", "operation"];

    private readonly List<Func<UsageEvent, bool>> _rules = [];
    private readonly List<byte[]> _texts = [];

    public DateTimeOffset From { get; private init; }

    /// <summary>What the JSON of every event that passes holds.</summary>
    public IReadOnlyList<byte[]> Texts => _texts;

    /// <summary>The first moment after.</summary>
    public DateTimeOffset To { get; private init; }

    public static RequestFilter? TryRead(IQueryCollection query, DateTimeOffset from, DateTimeOffset to, out string param, out string fault)
    {
        var filter = new RequestFilter { From = from, To = to };
        foreach (var (name, of) in Names)
        {
            if (query[name].FirstOrDefault() is { Length: > 0 } wanted)
            {
                filter._rules.Add(one => string.Equals(of(one), wanted, StringComparison.Ordinal));
                if (Written.Contains(name))
                {
                    filter._texts.Add(JsonSerializer.SerializeToUtf8Bytes(wanted, LedgerJson.Default.String));
                }
            }
        }

        return filter.TryAddStatus(query, param = "status", out fault) && filter.TryAddDuration(query, param = "min_ms", out fault) && filter.TryAddText(query, param = "text", out fault) ? filter : null;
    }

    public bool Passes(UsageEvent one) => one.At >= From && one.At < To && _rules.TrueForAll(rule => rule(one));

    private bool TryAddStatus(IQueryCollection query, string name, out string fault)
    {
        fault = "";
        if (query[name].FirstOrDefault() is not { Length: > 0 } text)
        {
            return true;
        }

        var wanted = new HashSet<UsageStatus>();
        foreach (var one in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!StatusText.TryParse(one, out var status))
            {
                fault = $"'{one}' is no status; allowed, separated by commas: {string.Join(", ", Enum.GetValues<UsageStatus>().Select(StatusText.Of))}.";
                return false;
            }

            wanted.Add(status);
        }

        _rules.Add(one => wanted.Contains(one.Status));
        if (wanted.Count == 1)
        {
            _texts.Add(Encoding.ASCII.GetBytes($"\"status\":\"{StatusText.Of(wanted.Single())}\""));
        }

        return true;
    }

    private bool TryAddDuration(IQueryCollection query, string name, out string fault)
    {
        fault = "";
        if (query[name].FirstOrDefault() is not { Length: > 0 } text)
        {
            return true;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var least))
        {
            fault = $"'{text}' is no number of milliseconds.";
            return false;
        }

        _rules.Add(one => one.DurationMicroseconds >= least * MicrosecondsPerMillisecond);
        return true;
    }

    private bool TryAddText(IQueryCollection query, string name, out string fault)
    {
        var text = query[name].FirstOrDefault() ?? "";
        fault = text.Length <= LongestText ? "" : $"'{name}' has {text.Length} characters; it may have {LongestText}.";
        if (text.Length > 0)
        {
            _rules.Add(one => Array.Exists(Searched, of => of(one)?.Contains(text, StringComparison.OrdinalIgnoreCase) == true));
        }

        return fault.Length == 0;
    }
}
