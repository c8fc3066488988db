using Gateway.Api.Pipeline;

namespace Gateway.Api.Requests;

/// <summary>What reading a request brings up: the first reason to refuse it (reading goes on to no harm), and what its caller is to be told.</summary>
internal abstract class Findings
{
    private readonly List<string> _warnings = [];

    public Refusal? Refusal { get; private set; }

    public IReadOnlyList<string> Warnings => _warnings;

    public void Refuse(Refusal refusal) => Refusal ??= refusal;

    public void Refuse(string message, string? param, string? code = null) => Refuse(Pipeline.Refusal.InvalidRequest(message, param, code));

    /// <summary>Tells the caller, once.</summary>
    public void Warn(string warning)
    {
        if (!_warnings.Contains(warning))
        {
            _warnings.Add(warning);
        }
    }
}
