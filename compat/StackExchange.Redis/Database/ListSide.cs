namespace StackExchange.Redis;

/// <summary>An end of a list.</summary>
public enum ListSide
{
    Left = 0,
    Right = 1,
}
