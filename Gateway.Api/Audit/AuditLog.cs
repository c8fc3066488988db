using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using ServiceDefaults.Redaction;

namespace Gateway.Api.Audit;

/// <summary>
/// Takes down every change made through <c>/admin</c>: who, when, from where, what was before and what is now; as a log line of the category
/// <see cref="Category"/> and as an entry of the <see cref="IAuditTrail"/>. It is given what the admin API shows, which holds no secret.
/// </summary>
internal sealed partial class AuditLog(IAuditTrail trail, IOptions<JsonOptions> json, TimeProvider time, ILoggerFactory loggers)
{
    public const string Category = "Gateway.Audit";

    /// <summary>What people put there is not looked at, so it may be anything: its names are told, its values are not.</summary>
    private const string Metadata = "metadata";

    private readonly ILogger _logger = loggers.CreateLogger(Category);

    /// <param name="http">The administrator's request.</param>
    /// <param name="action">Such as <c>key.update</c>.</param>
    /// <param name="target">The id of what was changed.</param>
    /// <param name="before">As it was shown before; null where it was not there.</param>
    /// <param name="after">As it is shown now.</param>
    public async Task RecordAsync<T>(HttpContext http, string action, string target, T? before, T after)
    {
        var now = time.GetUtcNow();
        var changes = Compare(Shown(before), Shown(after));
        var entry = new AuditEntry(
            $"audit_{Guid.CreateVersion7(now):N}", now, http.User.Identity!.Name!, http.Connection.RemoteIpAddress?.ToString(), http.TraceIdentifier, action, target, changes);
        LogChange(entry.Actor, action, target, entry.RemoteIp, JsonSerializer.Serialize(changes, json.Value.SerializerOptions));
        try
        {
            await trail.AppendAsync(entry);
        }
        catch (IOException failure)
        {
            // The change is made, and told by the line above.
            LogNotKept(entry.Id, failure.Message);
        }
    }

    private JsonObject Shown<T>(T? item)
    {
        var shown = JsonSerializer.SerializeToNode(item, json.Value.SerializerOptions) as JsonObject ?? [];
        if (shown[Metadata] is JsonObject metadata)
        {
            shown[Metadata] = new JsonArray([.. metadata.Select(pair => JsonValue.Create(pair.Key))]);
        }

        return (JsonObject)Masked(shown)!;
    }

    private static JsonNode? Masked(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Masked(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Masked)]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Redactor.Mask(text)),
        _ => node?.DeepClone(),
    };

    private static SortedDictionary<string, AuditChange> Compare(JsonObject before, JsonObject after)
    {
        var changes = new SortedDictionary<string, AuditChange>(StringComparer.Ordinal);
        foreach (var name in before.Concat(after).Select(pair => pair.Key).Distinct().Where(name => !JsonNode.DeepEquals(before[name], after[name])))
        {
            changes[name] = new AuditChange(before[name]?.DeepClone(), after[name]?.DeepClone());
        }

        return changes;
    }

    [LoggerMessage(LogLevel.Information, "{Actor} did {Action} to {Target} from {RemoteIp}: {Changes}")]
    private partial void LogChange(string actor, string action, string target, string? remoteIp, string changes);

    [LoggerMessage(LogLevel.Warning, "Audit entry {Id} could not be kept ({Reason}); the log has it.")]
    private partial void LogNotKept(string id, string reason);
}
