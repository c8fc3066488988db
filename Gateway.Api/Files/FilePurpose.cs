namespace Gateway.Api.Files;

/// <summary>What a file is for, in OpenAI's words.</summary>
internal static class FilePurpose
{
    /// <summary>The input of a batch.</summary>
    public const string Batch = "batch";

    /// <summary>What a batch made.</summary>
    public const string BatchOutput = "batch_output";

    /// <summary>Anything.</summary>
    public const string UserData = "user_data";

    /// <summary>Those that can be uploaded.</summary>
    public static readonly string[] Uploaded = [Batch, UserData];
}
