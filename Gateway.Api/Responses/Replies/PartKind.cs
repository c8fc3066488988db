namespace Gateway.Api.Responses.Replies;

internal enum PartKind
{
    Text,
    Refusal,
    Reasoning,
    ReasoningSummary,
    Arguments,
}
