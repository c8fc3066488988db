namespace Aws.Deployment.Stacks;

/// <summary>Policies in the form that CloudFormation takes them.</summary>
internal static class Policy
{
    public static Dictionary<string, object> Document(params object[] statements) => new() { ["Version"] = "2012-10-17", ["Statement"] = statements };

    public static Dictionary<string, object> Allow(string[] actions, params string[] resources) => new()
    {
        ["Effect"] = "Allow", ["Action"] = actions, ["Resource"] = resources,
    };

    public static Dictionary<string, object> AllowWhen(string[] actions, string[] resources, string test, string key, string value) => new(Allow(actions, resources))
    {
        ["Condition"] = new Dictionary<string, object> { [test] = new Dictionary<string, object> { [key] = value } },
    };

    /// <summary>Who may take a role: an AWS service.</summary>
    public static Dictionary<string, object> Trust(string service) => Document(new Dictionary<string, object>
    {
        ["Effect"] = "Allow", ["Principal"] = new Dictionary<string, object> { ["Service"] = service }, ["Action"] = "sts:AssumeRole",
    });
}
