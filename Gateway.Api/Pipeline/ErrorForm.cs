namespace Gateway.Api.Pipeline;

/// <summary>Metadata of a route whose errors are not OpenAI's: writes the body of one, and what headers go with it.</summary>
internal sealed record ErrorForm(Action<HttpResponse, Refusal> Write);
