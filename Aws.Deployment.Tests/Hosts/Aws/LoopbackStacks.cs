using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Aws.Deployment.Tests.Hosts.Aws;

/// <summary>CloudFormation: its query protocol over stacks that move when they are looked at.</summary>
internal sealed class LoopbackStacks
{
    private const string Space = "http://cloudformation.amazonaws.com/doc/2010-05-15/";
    private const int EventsOnAPage = 5;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LoopbackStack> _stacks = [];
    private readonly List<LoopbackStack> _deleted = [];
    private int _made;
    private readonly Dictionary<string, LoopbackChangeSet> _changeSets = [];

    /// <summary>Why making or changing a resource fails, by its logical id.</summary>
    public ConcurrentDictionary<string, string> Failures { get; } = [];

    /// <summary>Why deleting a resource fails, by its logical id.</summary>
    public ConcurrentDictionary<string, string> DeleteFailures { get; } = [];

    /// <summary>Outputs of a stack, by its name.</summary>
    public ConcurrentDictionary<string, Dictionary<string, string>> Outputs { get; } = [];

    /// <summary>The templates that were uploaded, by address.</summary>
    public Func<string, string> TemplateAt { get; set; } = url => throw new InvalidOperationException($"Nothing is at {url}.");

    public IReadOnlyDictionary<string, string> Statuses
    {
        get
        {
            lock (_gate)
            {
                return _stacks.ToDictionary(stack => stack.Key, stack => stack.Value.Status);
            }
        }
    }

    /// <summary>A stack that is there already.</summary>
    public void Put(string name, string status, JsonObject? template = null, bool isProtected = false)
    {
        lock (_gate)
        {
            var stack = _stacks[name] = new LoopbackStack(name, LoopbackAws.Region) { CreatedAt = NextTime(), IsProtected = isProtected };
            stack.Run(template ?? [], _ => null);
            while (stack.Status != "CREATE_COMPLETE")
            {
                stack.Step();
            }

            stack.SetStatus(status);
        }
    }

    /// <summary>As CDK's command does with a stack that was never made whole.</summary>
    public void Remove(string name)
    {
        lock (_gate)
        {
            _stacks.Remove(name);
        }
    }

    public AwsAnswer Answer(AwsCall call)
    {
        lock (_gate)
        {
            return call.Action switch
            {
                "DescribeStacks" => Describe(call),
                "DescribeStackEvents" => Events(call),
                "ListStackResources" => Resources(call),
                "GetTemplate" => Find(call) is { } stack ? Result(call, new XElement("TemplateBody", stack.Template.ToJsonString())) : Missing(call),
                "GetTemplateSummary" => Result(call),
                "CreateChangeSet" => CreateChangeSet(call),
                "DescribeChangeSet" => DescribeChangeSet(call),
                "ExecuteChangeSet" => ExecuteChangeSet(call),
                "DeleteChangeSet" => DeleteChangeSet(call),
                "UpdateTerminationProtection" => Protect(call),
                "DeleteStack" => Delete(call),
                _ => AwsAnswer.Fault(call, 400, "InvalidAction", $"No {call.Action} here."),
            };
        }
    }

    private AwsAnswer Describe(AwsCall call)
    {
        if (call["StackName"] is null)
        {
            return Result(call, new XElement("Stacks", _stacks.Values.Where(stack => stack.Id.Split(':')[3] == call.Region).Select(Member)));
        }

        if (Find(call) is not { } stack)
        {
            return Missing(call);
        }

        stack.Step();
        return Result(call, new XElement("Stacks", Member(stack)));
    }

    private XElement Member(LoopbackStack stack) => new(
        "member",
        new XElement("StackName", stack.Name),
        new XElement("StackId", stack.Id),
        new XElement("StackStatus", stack.Status),
        new XElement("CreationTime", stack.CreatedAt),
        new XElement("EnableTerminationProtection", stack.IsProtected ? "true" : "false"),
        new XElement("Tags", stack.Tags.Select(tag => new XElement("member", new XElement("Key", tag.Key), new XElement("Value", tag.Value)))),
        new XElement("Parameters", stack.Parameters.Select(parameter => new XElement("member", new XElement("ParameterKey", parameter.Key), new XElement("ParameterValue", parameter.Value)))),
        new XElement("Outputs", Outputs.GetValueOrDefault(stack.Name)?.Select(output => new XElement("member", new XElement("OutputKey", output.Key), new XElement("OutputValue", output.Value)))));

    private AwsAnswer Events(AwsCall call)
    {
        if (Find(call) is not { } stack)
        {
            return Missing(call);
        }

        stack.Step();
        var from = int.Parse(call["NextToken"] ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        var page = stack.Events.Skip(from).Take(EventsOnAPage).Select(told => new XElement(
            "member",
            new XElement("StackId", stack.Id),
            new XElement("EventId", told.Id),
            new XElement("StackName", stack.Name),
            new XElement("LogicalResourceId", told.LogicalId),
            new XElement("PhysicalResourceId", told.LogicalId == stack.Name ? stack.Id : $"physical-{told.LogicalId}"),
            new XElement("ResourceType", told.Type),
            new XElement("Timestamp", told.At),
            new XElement("ResourceStatus", told.Status),
            told.Reason is null ? null : new XElement("ResourceStatusReason", told.Reason)));
        return Result(call, new XElement("StackEvents", page), from + EventsOnAPage < stack.Events.Count ? new XElement("NextToken", $"{from + EventsOnAPage}") : null);
    }

    private AwsAnswer Resources(AwsCall call) => Find(call) is not { } stack ? Missing(call) : Result(call, new XElement("StackResourceSummaries", stack.Resources.Select(resource => new XElement(
        "member",
        new XElement("LogicalResourceId", resource.Key),
        new XElement("PhysicalResourceId", $"physical-{resource.Key.ToLowerInvariant()}"),
        new XElement("ResourceType", resource.Value.Type),
        new XElement("ResourceStatus", resource.Value.Status),
        new XElement("LastUpdatedTimestamp", "2026-11-21T18:00:00.000Z")))));

    private AwsAnswer CreateChangeSet(AwsCall call)
    {
        var name = call["StackName"]!;
        if (Find(call) is not { } stack)
        {
            stack = _stacks[name] = new LoopbackStack(name, call.Region) { CreatedAt = NextTime() };
        }

        var template = JsonNode.Parse(call["TemplateBody"] ?? TemplateAt(call["TemplateURL"]!))!.AsObject();
        var id = $"arn:aws:cloudformation:{call.Region}:{LoopbackAws.Account}:changeSet/{call["ChangeSetName"]}/{Guid.NewGuid()}";
        _changeSets[id] = _changeSets[$"{name}/{call["ChangeSetName"]}"] = new LoopbackChangeSet(id, stack, template, Pairs(call, "Tags", "Key", "Value"), Parameters(call, stack));
        return Result(call, new XElement("Id", id), new XElement("StackId", stack.Id));
    }

    // Tags.member.1.Key=application&Tags.member.1.Value=ai-gateway
    private static Dictionary<string, string> Pairs(AwsCall call, string list, string key, string value) => call.Parameters
        .Where(name => name.StartsWith($"{list}.member.", StringComparison.Ordinal) && name.EndsWith($".{key}", StringComparison.Ordinal))
        .ToDictionary(name => call[name]!, name => call[$"{name[..^key.Length]}{value}"] ?? "");

    // Parameters.member.1.UsePreviousValue=true stands in a value's place.
    private static Dictionary<string, string> Parameters(AwsCall call, LoopbackStack stack) => Pairs(call, "Parameters", "ParameterKey", "ParameterValue")
        .ToDictionary(pair => pair.Key, pair => pair.Value.Length > 0 ? pair.Value : stack.Parameters.GetValueOrDefault(pair.Key, ""));

    private AwsAnswer DescribeChangeSet(AwsCall call)
    {
        if (ChangeSet(call) is not { } set)
        {
            return AwsAnswer.Fault(call, 404, "ChangeSetNotFound", $"ChangeSet [{call["ChangeSetName"]}] does not exist");
        }

        var hasChanges = set.HasChanges;
        return Result(
            call,
            new XElement("ChangeSetId", set.Id),
            new XElement("ChangeSetName", set.Id.Split('/')[^2]),
            new XElement("StackName", set.Stack.Name),
            new XElement("StackId", set.Stack.Id),
            new XElement("Status", hasChanges ? "CREATE_COMPLETE" : "FAILED"),
            new XElement("ExecutionStatus", hasChanges ? "AVAILABLE" : "UNAVAILABLE"),
            new XElement("StatusReason", hasChanges ? null : "The submitted information didn't contain changes. Submit different information to create a change set."),
            new XElement("Changes", hasChanges ? new XElement("member", new XElement("Type", "Resource"), new XElement("ResourceChange", new XElement("Action", "Modify"), new XElement("LogicalResourceId", "Any"))) : null));
    }

    private AwsAnswer ExecuteChangeSet(AwsCall call)
    {
        var set = ChangeSet(call)!;
        (set.Stack.Tags, set.Stack.Parameters) = (set.Tags, set.Parameters);
        set.Stack.Run(set.Template, id => Failures.GetValueOrDefault(id));
        set.Stack.Step();
        return Result(call);
    }

    private AwsAnswer DeleteChangeSet(AwsCall call)
    {
        if (ChangeSet(call) is { } set)
        {
            _changeSets.Remove(set.Id);
            _changeSets.Remove($"{set.Stack.Name}/{set.Id.Split('/')[^2]}");
        }

        return Result(call);
    }

    private LoopbackChangeSet? ChangeSet(AwsCall call) =>
        _changeSets.GetValueOrDefault(call["ChangeSetName"]!) ?? _changeSets.GetValueOrDefault($"{call["StackName"]}/{call["ChangeSetName"]}");

    private AwsAnswer Protect(AwsCall call)
    {
        var stack = Find(call)!;
        stack.IsProtected = call["EnableTerminationProtection"] == "true";
        return Result(call, new XElement("StackId", stack.Id));
    }

    private AwsAnswer Delete(AwsCall call)
    {
        if (Find(call) is not { } stack)
        {
            return Result(call);
        }

        if (stack.IsProtected)
        {
            return AwsAnswer.Fault(call, 400, "ValidationError", $"Stack [{stack.Name}] cannot be deleted while TerminationProtection is enabled");
        }

        stack.Delete(id => DeleteFailures.GetValueOrDefault(id), () =>
        {
            _stacks.Remove(stack.Name);
            _deleted.Add(stack);
        });
        return Result(call);
    }

    private string NextTime() => $"2026-11-21T18:{++_made:D2}:00.000Z";

    // A deleted stack is found by its id alone, as at AWS.
    private LoopbackStack? Find(AwsCall call) =>
        _stacks.GetValueOrDefault(call["StackName"]!) ?? _stacks.Values.Concat(_deleted).FirstOrDefault(stack => stack.Id == call["StackName"]);

    private static AwsAnswer Result(AwsCall call, params object?[] content) => AwsAnswer.Result(Space, call.Action, content);

    private static AwsAnswer Missing(AwsCall call) => AwsAnswer.Fault(call, 400, "ValidationError", $"Stack with id {call["StackName"]} does not exist");
}
