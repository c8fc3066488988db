using System.Diagnostics;
using System.Text.Json;
using Gateway.Api.Tools.Calls;

namespace Gateway.Api.Responses.Requests;

/// <summary>The calls of MCP tools in a conversation that waited for their caller's approval.</summary>
/// <param name="made">The requests for approval whose calls have been made since.</param>
internal sealed class Approvals(IReadOnlySet<string> made)
{
    private readonly Dictionary<string, JsonElement> _requests = [];
    private readonly List<ApprovedCall> _approved = [];

    /// <summary>The calls that are allowed now.</summary>
    public IReadOnlyList<ApprovedCall> Approved => _approved;

    public void Request(JsonElement item) => _requests[item.FindText("id") ?? ""] = item;

    public JsonElement? Find(string id) => _requests.TryGetValue(id, out var item) ? item : null;

    public static string Declined(string? reason) => $"The call was not made: the user did not allow it{(reason is null ? "." : $": {reason}")}";

    public bool IsMade(string id) => made.Contains(id);

    /// <summary>Has a call made; returns what stands for its result until then, which nobody can guess.</summary>
    public string Approve(JsonElement asked)
    {
        var mark = $"approved-{ActivityTraceId.CreateRandom().ToHexString()}";
        _approved.Add(new ApprovedCall(mark, asked.FindText("id")!, asked.FindText("server_label")!, asked.FindText("name")!, asked.FindText("arguments")!));
        return mark;
    }
}
