namespace Aws.Deployment.Stacks;

/// <summary>Lambda connects a function to a VPC by interfaces that it makes with the function's own role.</summary>
internal static class NetworkInterfaces
{
    private static readonly string[] Actions =
    [
        "ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs", "ec2:UnassignPrivateIpAddresses",
    ];

    /// <summary>On all resources: Lambda asks so, before there is an interface.</summary>
    public static object Allow() => Policy.Allow(Actions, "*");

    /// <summary>Lambda may, the code that runs in the function may not: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html.</summary>
    public static object DenyCode(string functionArn) => new Dictionary<string, object>(Policy.AllowWhen(Actions, ["*"], "ArnEquals", "lambda:SourceFunctionArn", functionArn)) { ["Effect"] = "Deny" };
}
