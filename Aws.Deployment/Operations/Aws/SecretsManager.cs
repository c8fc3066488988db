using System.Text.Json.Nodes;

namespace Aws.Deployment.Operations.Aws;

/// <summary>The secrets of an environment.</summary>
internal sealed class SecretsManager(AwsApi api)
{
    private const string Service = "secretsmanager";
    private const string Missing = "ResourceNotFoundException";

    /// <summary>How long a deleted secret can be had back.</summary>
    public const int RecoveryDays = 7;

    public async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            // One that was deleted stays to be seen until its days are over.
            return !(await CallAsync("DescribeSecret", new JsonObject { ["SecretId"] = name }, cancellationToken)).ContainsKey("DeletedDate");
        }
        catch (AwsFault fault) when (fault.Code == Missing)
        {
            return false;
        }
    }

    /// <summary>Null where there is none.</summary>
    public async Task<string?> GetAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (string?)(await CallAsync("GetSecretValue", new JsonObject { ["SecretId"] = name }, cancellationToken))["SecretString"];
        }
        catch (AwsFault fault) when (fault.Code == Missing)
        {
            return null;
        }
        catch (AwsFault fault) when (fault.Code == "InvalidRequestException" && fault.Message.Contains("deletion", StringComparison.Ordinal))
        {
            throw new OperationFault($"Secret {name} is deleted, and its name is taken until its days are over.", $"Have it back (aws secretsmanager restore-secret --secret-id {name}), and run it again.");
        }
    }

    public Task CreateAsync(string name, string description, string text, CancellationToken cancellationToken) => CallAsync(
        "CreateSecret", new JsonObject { ["Name"] = name, ["Description"] = description, ["SecretString"] = text, ["ClientRequestToken"] = Guid.NewGuid().ToString() }, cancellationToken);

    public Task PutAsync(string name, string text, CancellationToken cancellationToken) =>
        CallAsync("PutSecretValue", new JsonObject { ["SecretId"] = name, ["SecretString"] = text, ["ClientRequestToken"] = Guid.NewGuid().ToString() }, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        CallAsync("DeleteSecret", new JsonObject { ["SecretId"] = name, ["RecoveryWindowInDays"] = RecoveryDays }, cancellationToken);

    private Task<JsonObject> CallAsync(string operation, JsonObject body, CancellationToken cancellationToken) => api.JsonAsync(Service, Service, operation, body, cancellationToken);
}
