namespace Gateway.Api.Access;

/// <summary>A change of an API key could not be kept, and so was not made.</summary>
internal sealed class KeysNotKeptException(string reason, Exception cause) : Exception(reason, cause);
