namespace Gateway.Api.Providers;

/// <summary>How a target failed before its first byte reached the caller.</summary>
internal enum UpstreamFailureKind
{
    /// <summary>No connection, or 502 or 503: the model's server is not there at present.</summary>
    Unavailable,

    /// <summary>429.</summary>
    Throttled,

    /// <summary>429 for as long as a quota lasts: another target may have room, a retry will not.</summary>
    QuotaExceeded,

    /// <summary>Any other 5xx.</summary>
    ServerError,

    /// <summary>The reply broke off, or was not what the API promises.</summary>
    BadReply,

    /// <summary>401 or 403: the gateway's own credential is at fault, never the caller.</summary>
    Credentials,

    /// <summary>404: the provider does not know the model.</summary>
    ModelNotFound,

    /// <summary>Any other 4xx: the request itself is at fault, and would be elsewhere.</summary>
    Rejected,
}
