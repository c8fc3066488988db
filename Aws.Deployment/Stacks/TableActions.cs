namespace Aws.Deployment.Stacks;

/// <summary>What is done with tables, and by whom.</summary>
internal static class TableActions
{
    /// <summary>By the gateway.</summary>
    public static readonly string[] OfKeys = ["dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem"];

    /// <summary>By the cost worker.</summary>
    public static readonly string[] OfLedger =
        ["dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"];
}
