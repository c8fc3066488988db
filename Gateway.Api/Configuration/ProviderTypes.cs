namespace Gateway.Api.Configuration;

internal static class ProviderTypes
{
    public const string OpenAI = "OpenAI";
    public const string Bedrock = "Bedrock";
    public const string ChatClient = "ChatClient";

    public static readonly string[] All = [OpenAI, Bedrock, ChatClient];
}
