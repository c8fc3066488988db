namespace Gateway.Api.Access.Jwt;

/// <summary>Why a token was refused: for the log. The caller is told nothing that would help to forge one.</summary>
internal enum JwtFault
{
    /// <summary>Not three parts of canonical base64url, or not JSON without duplicates.</summary>
    Malformed,
    CriticalHeader,
    WrongType,
    UnknownIssuer,
    AlgorithmNotAllowed,

    /// <summary>No key of the issuer fits the key id and algorithm, or the keys could not be read.</summary>
    UnknownKey,
    WrongSignature,
    WrongAudience,
    NoExpiry,
    Expired,
    NotYetValid,

    /// <summary>A claim that says who the caller is or what it may is missing, or is not what such a claim can be.</summary>
    WrongClaim,
}
