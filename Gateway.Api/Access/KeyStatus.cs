namespace Gateway.Api.Access;

internal enum KeyStatus
{
    Active,
    Expired,
    Revoked,
}
