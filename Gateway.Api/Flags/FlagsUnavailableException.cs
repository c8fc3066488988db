namespace Gateway.Api.Flags;

/// <summary>Where flags are kept cannot be reached or written.</summary>
internal sealed class FlagsUnavailableException(string message, Exception cause) : Exception(message, cause);
