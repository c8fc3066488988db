using System.Globalization;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Aws.Deployment.Operations.Aws;

/// <summary>CloudFormation of one region (https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/).</summary>
internal sealed class CloudFormation(AwsApi api)
{
    private const string Service = "cloudformation";
    private const string Version = "2010-05-15";

    public string Region => api.Session.Region;

    /// <summary>Null where there is none.</summary>
    /// <param name="name">Its name or, to find it once it is deleted, its id.</param>
    public async Task<Stack?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var result = await CallAsync("DescribeStacks", cancellationToken, ("StackName", name));
            return result.Descendants("Stacks").Elements("member").Select(Read).FirstOrDefault();
        }
        catch (AwsFault missing) when (missing.Code == "ValidationError" && missing.Message.Contains("does not exist", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>Those whose names begin so.</summary>
    public async Task<IReadOnlyList<Stack>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var stacks = new List<Stack>();
        await foreach (var stack in PagesAsync("DescribeStacks", "Stacks", null, cancellationToken))
        {
            stacks.Add(Read(stack));
        }

        return [.. stacks.Where(stack => stack.Name.StartsWith(prefix, StringComparison.Ordinal))];
    }

    /// <summary>What happened, the newest first.</summary>
    public async IAsyncEnumerable<StackEvent> EventsAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var told in PagesAsync("DescribeStackEvents", "StackEvents", name, cancellationToken))
        {
            yield return new StackEvent(
                Text(told, "EventId")!,
                Text(told, "StackName")!,
                DateTimeOffset.Parse(Text(told, "Timestamp")!, CultureInfo.InvariantCulture),
                Text(told, "LogicalResourceId") ?? "",
                Text(told, "ResourceType") ?? "",
                Text(told, "ResourceStatus") ?? "",
                Text(told, "ResourceStatusReason"));
        }
    }

    public async Task<IReadOnlyList<StackResource>> ResourcesAsync(string name, CancellationToken cancellationToken)
    {
        var resources = new List<StackResource>();
        await foreach (var resource in PagesAsync("ListStackResources", "StackResourceSummaries", name, cancellationToken))
        {
            resources.Add(new StackResource(Text(resource, "LogicalResourceId")!, Text(resource, "PhysicalResourceId") ?? "", Text(resource, "ResourceType")!, Text(resource, "ResourceStatus")!));
        }

        return resources;
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => CallAsync("DeleteStack", cancellationToken, ("StackName", name));

    public Task UnprotectAsync(string name, CancellationToken cancellationToken) =>
        CallAsync("UpdateTerminationProtection", cancellationToken, ("StackName", name), ("EnableTerminationProtection", "false"));

    private async IAsyncEnumerable<XElement> PagesAsync(string action, string list, string? name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var page = await CallAsync(action, cancellationToken, ("StackName", name), ("NextToken", next));
            foreach (var member in page.Elements(list).Elements("member"))
            {
                yield return member;
            }

            next = Text(page, "NextToken");
        }
        while (next is not null);
    }

    private Task<XElement> CallAsync(string action, CancellationToken cancellationToken, params (string Name, string? Value)[] parameters) =>
        api.QueryAsync(Service, Version, action, parameters, cancellationToken);

    private static Stack Read(XElement stack) => new(
        Text(stack, "StackName")!,
        Text(stack, "StackId")!,
        Text(stack, "StackStatus")!,
        Text(stack, "StackStatusReason"),
        Text(stack, "EnableTerminationProtection") == "true",
        DateTimeOffset.Parse(Text(stack, "CreationTime")!, CultureInfo.InvariantCulture),
        stack.Elements("Outputs").Elements("member").ToDictionary(output => Text(output, "OutputKey")!, output => Text(output, "OutputValue") ?? ""));

    private static string? Text(XElement parent, string name) => parent.Element(name)?.Value is { Length: > 0 } text ? text : null;
}
