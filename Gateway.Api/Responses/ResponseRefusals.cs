using Gateway.Api.Pipeline;

namespace Gateway.Api.Responses;

/// <summary>Why a response is not made or not shown, in OpenAI's words where it has any.</summary>
internal static class ResponseRefusals
{
    public static Refusal NotFound(string id) =>
        new(StatusCodes.Status404NotFound, Refusal.InvalidRequestError, null, $"Response with id '{id}' not found.");

    public static Refusal PreviousNotFound(string id) =>
        new(StatusCodes.Status404NotFound, Refusal.InvalidRequestError, "previous_response_not_found", $"Previous response with id '{id}' not found.", "previous_response_id");

    public static Refusal PreviousIsRunning(string id) =>
        Refusal.InvalidRequest($"The response '{id}' is not complete yet; go on from it once it is.", "previous_response_id");

    public static Refusal ItemNotFound(string id) =>
        new(StatusCodes.Status404NotFound, Refusal.InvalidRequestError, null, $"Item with id '{id}' not found. Items are kept with their response, and only where it is stored.", "input");

    public static Refusal DuplicateItem(string id) =>
        Refusal.InvalidRequest($"Duplicate item found with id {id}. Remove duplicate items from your input and try again.", "input");

    public static Refusal NotInBackground(string id) =>
        Refusal.InvalidRequest($"The response '{id}' was not created with 'background': true; only such a one can be cancelled.", "id");

    public static Refusal BackgroundIsOff() =>
        Refusal.InvalidRequest("Responses in the background are switched off here; send the request without 'background'.", "background", "unsupported_parameter");

    public static Refusal TooManyInBackground(int most) =>
        new(StatusCodes.Status429TooManyRequests, "requests", "rate_limit_exceeded", $"{most} responses run in the background here, which is as many as may. Try again when one of them has ended, or without 'background'.") { RetryAfter = TimeSpan.FromSeconds(5) };

    public static Refusal StoreUnavailable() =>
        new(StatusCodes.Status503ServiceUnavailable, "server_error", "store_unavailable", "Stored responses cannot be reached at present. Try again in a moment, or send the whole conversation as input.") { RetryAfter = TimeSpan.FromSeconds(1) };
}
