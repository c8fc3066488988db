namespace Gateway.Api.Endpoints;

/// <summary>What the pages of a list show: each item has an id that tells where it stands.</summary>
internal interface IListed
{
    string Id { get; }
}
