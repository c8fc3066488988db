using System.Globalization;
using System.Text.Json.Nodes;

namespace Aws.Deployment.Tests.Hosts.Aws;

/// <summary>A stack that goes one step on whenever somebody looks at it.</summary>
internal sealed class LoopbackStack(string name, string region)
{
    private readonly Queue<Action> _steps = [];
    private int _events;

    public string Name { get; } = name;

    public string Id { get; } = $"arn:aws:cloudformation:{region}:{LoopbackAws.Account}:stack/{name}/{Guid.NewGuid()}";

    public required string CreatedAt { get; init; }

    public string Status { get; private set; } = "REVIEW_IN_PROGRESS";

    public JsonObject Template { get; private set; } = [];

    public bool IsProtected { get; set; }

    /// <summary>What the last change set that was carried out came with.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; set; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Parameters { get; set; } = new Dictionary<string, string>();

    /// <summary>The newest first, as CloudFormation tells them.</summary>
    public LinkedList<(string Id, string LogicalId, string Type, string Status, string? Reason, string At)> Events { get; } = [];

    /// <summary>Those that are there, each with its status.</summary>
    public Dictionary<string, (string Type, string Status)> Resources { get; } = [];

    private static JsonObject Wanted(JsonObject template) => template[nameof(Resources)] as JsonObject ?? [];

    public void Step()
    {
        if (_steps.TryDequeue(out var step))
        {
            step();
        }
    }

    public void SetStatus(string status, string? reason = null)
    {
        Status = status;
        Tell(Name, "AWS::CloudFormation::Stack", status, reason);
    }

    public void Run(JsonObject template, Func<string, string?> failureOf)
    {
        var isNew = Status == "REVIEW_IN_PROGRESS";
        var (verb, before) = (isNew ? "CREATE" : "UPDATE", Template);
        Plan(() => SetStatus($"{verb}_IN_PROGRESS", "User Initiated"));
        foreach (var (id, resource) in Wanted(template))
        {
            var old = Wanted(before)[id];
            if (JsonNode.DeepEquals(old, resource))
            {
                continue;
            }

            var (type, does) = ((string)resource!["Type"]!, old is null ? "CREATE" : "UPDATE");
            Plan(() => Set(id, type, $"{does}_IN_PROGRESS"));
            if (failureOf(id) is { } reason)
            {
                Plan(() => Set(id, type, $"{does}_FAILED", reason));
                RollBack(isNew);
                return;
            }

            Plan(() => Set(id, type, $"{does}_COMPLETE"));
        }

        foreach (var id in Wanted(before).Select(resource => resource.Key).Except(Wanted(template).Select(resource => resource.Key)).ToList())
        {
            Plan(() => Remove(id));
        }

        Plan(() =>
        {
            Template = template;
            SetStatus($"{verb}_COMPLETE");
        });
    }

    public void Delete(Func<string, string?> failureOf, Action gone)
    {
        Plan(() => SetStatus("DELETE_IN_PROGRESS", "User Initiated"));
        foreach (var (id, resource) in Resources.Reverse())
        {
            if (failureOf(id) is { } reason)
            {
                Plan(() => Set(id, resource.Type, "DELETE_FAILED", reason));
                Plan(() => SetStatus("DELETE_FAILED", $"The following resource(s) failed to delete: [{id}]. "));
                return;
            }

            if ((string?)Wanted(Template)[id]?["DeletionPolicy"] is "Retain" or "RetainExceptOnCreate")
            {
                Plan(() => Set(id, resource.Type, "DELETE_SKIPPED"));
                continue;
            }

            Plan(() => Remove(id));
        }

        Plan(() =>
        {
            SetStatus("DELETE_COMPLETE");
            gone();
        });
    }

    private void RollBack(bool isNew)
    {
        Plan(() => SetStatus(isNew ? "ROLLBACK_IN_PROGRESS" : "UPDATE_ROLLBACK_IN_PROGRESS", "The following resource(s) failed."));
        if (isNew)
        {
            foreach (var id in Resources.Keys.ToList())
            {
                Plan(() => Remove(id));
            }
        }

        Plan(() => SetStatus(isNew ? "ROLLBACK_COMPLETE" : "UPDATE_ROLLBACK_COMPLETE"));
    }

    private void Plan(Action step) => _steps.Enqueue(step);

    private void Set(string id, string type, string status, string? reason = null)
    {
        Resources[id] = (type, status);
        Tell(id, type, status, reason);
    }

    private void Remove(string id)
    {
        if (Resources.Remove(id, out var resource))
        {
            Tell(id, resource.Type, "DELETE_COMPLETE", null);
        }
    }

    private void Tell(string logicalId, string type, string status, string? reason)
    {
        var number = ++_events;
        Events.AddFirst(($"event-{number}-{Id[^12..]}", logicalId, type, status, reason, string.Create(CultureInfo.InvariantCulture, $"2026-11-21T18:{number / 60 % 60:D2}:{number % 60:D2}.000Z")));
    }
}
