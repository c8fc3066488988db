namespace Gateway.Api.Access;

/// <summary>What a change has made of a key; twice the same where there was nothing to change.</summary>
internal sealed record KeyChange(ApiKey Before, ApiKey After);
