using System.Text.RegularExpressions;

namespace Gateway.Benchmarks.Profile;

/// <summary>A part of what the gateway's process does.</summary>
/// <param name="Name">What the tables call it.</param>
/// <param name="Color">In the flame graph.</param>
/// <param name="Owns">Which frames are its own.</param>
internal sealed record Part(string Name, string Color, Regex Owns);
