using System.Text.Json.Nodes;
using Aws.Deployment.Estimate.Templates;

namespace Aws.Deployment.Estimate.Differences;

/// <summary>What differs between two sets of templates.</summary>
internal static class TemplateDifference
{
    /// <summary>By stack and name. A resource of another type under the same name is one removed and one added, as CloudFormation has it.</summary>
    public static IReadOnlyList<ResourceChange> Of(TemplateSet before, TemplateSet after)
    {
        var changes = new List<ResourceChange>();
        foreach (var old in before.Resources)
        {
            if (after.Find(old.Stack, old.Id) is not { } now || now.Type != old.Type)
            {
                changes.Add(Change(old, ChangeKind.Removed));
            }
            else if (!JsonNode.DeepEquals(old.Properties, now.Properties))
            {
                changes.Add(Change(now, ChangeKind.Changed, [.. ChangedProperties(old.Properties, now.Properties)]));
            }
        }

        changes.AddRange(after.Resources.Where(now => before.Find(now.Stack, now.Id)?.Type != now.Type).Select(now => Change(now, ChangeKind.Added)));
        return [.. changes.OrderBy(change => change.Stack, StringComparer.Ordinal).ThenBy(change => change.Kind).ThenBy(change => change.Resource, StringComparer.Ordinal)];
    }

    private static ResourceChange Change(TemplateResource resource, ChangeKind kind, params IReadOnlyList<string> properties) =>
        new(resource.Stack, resource.Id, resource.Type, kind, properties);

    private static IEnumerable<string> ChangedProperties(JsonObject before, JsonObject after) =>
        before.Select(property => property.Key).Union(after.Select(property => property.Key))
            .Where(name => !JsonNode.DeepEquals(before[name], after[name])).Order(StringComparer.Ordinal);
}
