namespace Gateway.Api.Messages;

/// <summary>Which blocks content may be made of.</summary>
[Flags]
internal enum ContentKinds
{
    Text = 1,
    Image = 2,
    Document = 4,
    All = Text | Image | Document,
}
