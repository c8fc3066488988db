namespace Gateway.Api.Configuration;

/// <summary>How a variant's system prompt and the caller's go together.</summary>
public enum SystemPromptMode
{
    /// <summary>The variant's comes behind the caller's.</summary>
    Add,

    /// <summary>The variant's takes the place of the caller's.</summary>
    Replace,
}
