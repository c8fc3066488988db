using Gateway.Api.Access;
using Gateway.Api.Experiments;

namespace Gateway.Api.Feedback;

/// <summary>A request that its caller may give feedback on.</summary>
internal readonly record struct AnsweredRequest(string Id, ApiKey Caller, Variant? Variant);
