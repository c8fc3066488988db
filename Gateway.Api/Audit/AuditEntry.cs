using Gateway.Api.Endpoints;

namespace Gateway.Api.Audit;

/// <summary>One change made through <c>/admin</c>.</summary>
/// <param name="Id">Names the entry; made from the time.</param>
/// <param name="Actor">Who: <c>admin_key</c>, or <c>jwt:</c> and the token's subject.</param>
/// <param name="RemoteIp">Where the request came from.</param>
/// <param name="Action">What was done, such as <c>key.update</c>.</param>
/// <param name="Target">To what, by its id.</param>
/// <param name="Changes">The fields that changed. No secret is among them.</param>
internal sealed record AuditEntry(
    string Id, DateTimeOffset At, string Actor, string? RemoteIp, string RequestId, string Action, string Target, IReadOnlyDictionary<string, AuditChange> Changes) : IListed;
