namespace ServiceDefaults.Aws;

/// <summary>A call that AWS did not serve. Nothing in it is AWS's own words: those of a wrong signature quote the request with its session token.</summary>
/// <param name="code">The error's name, such as <c>ResourceNotFoundException</c>, or one of this class.</param>
/// <param name="status">HTTP's; null where there was no answer.</param>
/// <param name="inner">What the network had to say.</param>
public sealed class AwsServiceException(string code, int? status = null, Exception? inner = null) : Exception($"AWS did not serve the call: {code}.", inner)
{
    /// <summary>There are no credentials to sign with.</summary>
    public const string NoCredentials = "NoCredentials";

    /// <summary>AWS could not be reached, or did not answer in time.</summary>
    public const string Unreachable = "Unreachable";

    public string Code { get; } = code;

    public int? Status { get; } = status;
}
