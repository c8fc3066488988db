namespace Gateway.Api.Access;

/// <summary>The keys cannot be read or kept at present; a change that met this was not made.</summary>
internal sealed class KeysUnavailableException(string reason, Exception? cause = null) : Exception(reason, cause);
