namespace Gateway.Api.Responses.Storage;

/// <summary>Where responses are kept cannot be reached.</summary>
internal sealed class ResponsesUnavailableException(Exception failure) : Exception("Stored responses cannot be reached.", failure);
