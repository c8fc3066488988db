namespace Gateway.Api.Access;

internal enum KeyStatus
{
    Active,
    Disabled,
    Expired,
    Revoked,
}
