namespace Gateway.Api.Batches.Lines;

/// <summary>How the pipeline answered a line.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON of the reply.</param>
/// <param name="RetryAfter">When it is worth trying again, where the reply says so.</param>
/// <param name="WasCalled">Whether a target was called.</param>
internal sealed record LineAnswer(int Status, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter, bool WasCalled)
{
    public bool IsOk => Status == StatusCodes.Status200OK;

    /// <summary>Whether the caller has come to a limit or a budget of its own, and when there will be room.</summary>
    public bool IsLimited => Status == StatusCodes.Status429TooManyRequests && !WasCalled && RetryAfter is not null;

    /// <summary>Whether the model is overloaded, or nothing that serves it can be reached, or a store of the gateway's own.</summary>
    public bool IsBusy => Status == StatusCodes.Status503ServiceUnavailable || (Status == StatusCodes.Status429TooManyRequests && WasCalled);
}
