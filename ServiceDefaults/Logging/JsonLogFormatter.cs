using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using ServiceDefaults.Redaction;

namespace ServiceDefaults.Logging;

/// <summary>
/// Writes one log record as one line:
/// <c>{"time":"…","level":"warning","category":"…","event":"…","message":"…","trace_id":"…","request_id":"…","exception":"…", …}</c>.
/// The named values of the message and of its scopes stand beside it in snake case. What nobody may read is masked.
/// </summary>
internal sealed class JsonLogFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "gateway-json";

    private const string OriginalFormat = "{OriginalFormat}";

    // Log lines are read by people and machines, never put into a page: only what JSON demands is escaped.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes, TextWriter textWriter)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("time", time.GetUtcNow().UtcDateTime);
            json.WriteString("level", NameOf(entry.LogLevel));
            json.WriteString("category", entry.Category);
            if (entry.EventId.Name is { } name)
            {
                json.WriteString("event", name);
            }

            json.WriteString("message", Redactor.Mask(entry.Formatter(entry.State, entry.Exception)));
            var written = new HashSet<string>(StringComparer.Ordinal);
            WriteTrace(json, written);
            WriteValues(json, entry.State, written);
            WriteScopes(json, scopes, written);
            if (entry.Exception is { } exception)
            {
                json.WriteString("exception", Redactor.Mask(exception.ToString()));
            }

            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void WriteTrace(Utf8JsonWriter json, HashSet<string> written)
    {
        if (Activity.Current is { } activity)
        {
            json.WriteString("trace_id", activity.TraceId.ToHexString());
            json.WriteString("span_id", activity.SpanId.ToHexString());
            written.Add("TraceId");
        }
    }

    // The innermost scope knows best: our request id is written rather than the server's.
    private static void WriteScopes(Utf8JsonWriter json, IExternalScopeProvider? scopes, HashSet<string> written)
    {
        var inwards = new List<object?>();
        scopes?.ForEachScope((scope, list) => list.Add(scope), inwards);
        for (var i = inwards.Count - 1; i >= 0; i--)
        {
            WriteValues(json, inwards[i], written);
        }
    }

    private static void WriteValues(Utf8JsonWriter json, object? state, HashSet<string> written)
    {
        if (state is not IEnumerable<KeyValuePair<string, object?>> values)
        {
            return;
        }

        foreach (var (key, value) in values)
        {
            // ASP.NET's own scopes repeat the trace in their words; the route and connection are on the span.
            if (key is OriginalFormat or "SpanId" or "ParentId" or "ConnectionId" or "RequestPath" || !written.Add(key))
            {
                continue;
            }

            json.WritePropertyName(JsonNamingPolicy.SnakeCaseLower.ConvertName(key));
            WriteValue(json, value);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            default: json.WriteStringValue(Redactor.Mask(value.ToString() ?? "")); break;
        }
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "critical",
    };
}
