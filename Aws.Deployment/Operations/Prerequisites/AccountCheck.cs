using Amazon.Runtime;
using Aws.Deployment.Configuration;
using Aws.Deployment.Operations.Aws;
using Microsoft.Extensions.Configuration;

namespace Aws.Deployment.Operations.Prerequisites;

/// <summary>Whether there are credentials, good ones, of the right account.</summary>
internal static class AccountCheck
{
    /// <returns>Either whose they are, or what is missing.</returns>
    public static async Task<(AwsApi? Api, Caller? Caller, Shortcoming? Shortcoming)> FindAsync(
        DeploymentOptions options, IConfiguration configuration, HttpClient http, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var api = new AwsApi(http, await AwsSession.OpenAsync(options.Region, configuration, cancellationToken), time);
            var caller = await Caller.AskAsync(api, cancellationToken);
            return options.Account is { } account && account != caller.Account
                ? (null, null, new Shortcoming(
                    $"These are credentials of account {caller.Account} ({caller.Arn}), and {options.Environment} belongs in {account}.",
                    $"Use credentials of {account} (AWS_PROFILE), or change Account in environments/{options.Environment}.json."))
                : (api, caller, null);
        }
        catch (AmazonClientException none)
        {
            return (null, null, new Shortcoming(
                $"There are no AWS credentials: {none.Message}",
                "Log in (aws sso login), lend them to this shell (eval \"$(aws configure export-credentials --format env)\"), and run it again."));
        }
        catch (AwsFault fault)
        {
            return (null, null, new Shortcoming(fault.Message, fault.Remedy));
        }
    }
}
