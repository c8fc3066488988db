namespace Gateway.Api.Providers;

/// <summary>How a target failed before its first byte reached the caller. <see cref="FailureRules"/> says what each allows.</summary>
internal enum UpstreamFailureKind
{
    /// <summary>No connection, or one that broke before there was an answer.</summary>
    Unreachable,

    /// <summary>It took the request and said nothing for as long as it had.</summary>
    Silent,

    /// <summary>It works on as many requests as it may, and none ended while this one waited.</summary>
    Busy,

    /// <summary>502 or 503: the model's server is not there at present.</summary>
    Unavailable,

    /// <summary>429.</summary>
    Throttled,

    /// <summary>429 because the account has nothing left.</summary>
    QuotaExhausted,

    /// <summary>Any other 5xx.</summary>
    ServerError,

    /// <summary>The reply broke off, or was not what the API promises.</summary>
    BadReply,

    /// <summary>401 or 403: the gateway's own credential is at fault, never the caller.</summary>
    Credentials,

    /// <summary>404: the provider does not know the model.</summary>
    ModelNotFound,

    /// <summary>400: prompt and answer do not fit into the model's context window.</summary>
    ContextTooLong,

    /// <summary>Any other 4xx: the request itself is at fault, and would be elsewhere. Content that a policy refuses is among them: to look for a model that complies is not the gateway's business.</summary>
    Rejected,
}
