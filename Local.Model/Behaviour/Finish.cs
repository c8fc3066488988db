namespace Local.Model.Behaviour;

/// <summary>How a request ended.</summary>
public enum Finish
{
    /// <summary>It has not.</summary>
    Running,

    /// <summary>The whole answer went out.</summary>
    Completed,

    /// <summary>The request was at fault: a 4xx.</summary>
    Refused,

    /// <summary>The caller left before the end.</summary>
    Cancelled,

    /// <summary>A simulated fault ended it.</summary>
    Faulted,
}
