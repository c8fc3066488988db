namespace Gateway.Api.Providers.Bedrock.Models;

/// <summary>Which tool choices other than <c>auto</c> a model takes.</summary>
internal enum ForcedTools
{
    None,
    Any,
    AnyOrNamed,
}
