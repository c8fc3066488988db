namespace Gateway.Api.Configuration;

/// <summary>The values of <see cref="AccessOptions.KeyStore"/>.</summary>
internal static class KeyStores
{
    public const string File = "File";
    public const string Redis = "Redis";
    public const string DynamoDB = "DynamoDB";

    public static readonly string[] All = [File, Redis, DynamoDB];
}
