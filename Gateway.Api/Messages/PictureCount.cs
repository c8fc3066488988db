namespace Gateway.Api.Messages;

/// <param name="Count">How many pictures a request shows.</param>
/// <param name="Bytes">How many bytes of it they are.</param>
internal readonly record struct PictureCount(int Count, long Bytes);
