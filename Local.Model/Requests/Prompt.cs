namespace Local.Model.Requests;

/// <summary>A text to complete or embed, and how many tokens it counts as.</summary>
internal sealed record Prompt(string Text, int Tokens);
