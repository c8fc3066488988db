using Aws.Deployment.Configuration;

namespace Aws.Deployment.Stacks;

/// <summary>The secrets of an environment and the keys in their JSON.</summary>
internal static class Secrets
{
    public const string AdminKey = "admin-key";

    /// <summary>Where services beside the gateway look for the admin key.</summary>
    public const string AdminKeyVariable = "GATEWAY_ADMIN_KEY";

    public const string OpenAIKey = "openai-api-key";
    public const string DemoKey = "demo-key";

    /// <summary>Made and removed with the stack of state.</summary>
    public static string Admin(DeploymentOptions options) => $"{options.Path}/admin";

    /// <summary>As a container's variable has it: <c>arn:key::</c>.</summary>
    public static string AdminKeyIn(string secret) => $"{secret}:{AdminKey}::";

    /// <summary>What providers gave out: put by <c>deploy</c> and <c>rotate-secret</c>, in no stack, so that it outlives them.</summary>
    public static string Providers(DeploymentOptions options) => $"{options.Path}/providers";

    /// <summary>The API key of the demo page: put by <c>deploy</c> once the gateway can make one.</summary>
    public static string Demo(DeploymentOptions options) => $"{options.Path}/demo";
}
