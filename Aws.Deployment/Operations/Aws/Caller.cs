namespace Aws.Deployment.Operations.Aws;

/// <summary>Whose credentials they are.</summary>
internal sealed record Caller(string Account, string Arn)
{
    /// <exception cref="AwsFault">They are not good.</exception>
    public static async Task<Caller> AskAsync(AwsApi api, CancellationToken cancellationToken)
    {
        var result = await api.QueryAsync("sts", "2011-06-15", "GetCallerIdentity", [], cancellationToken);
        return new Caller(result.Element("Account")!.Value, result.Element("Arn")!.Value);
    }
}
