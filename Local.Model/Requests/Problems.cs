namespace Local.Model.Requests;

/// <summary>Keeps the first thing that is wrong with a request.</summary>
internal sealed class Problems
{
    public Refusal? First { get; private set; }

    public void Add(string param, string message, string? code = null) => First ??= Refusal.Invalid(param, message, code);
}
