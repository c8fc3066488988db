namespace Gateway.Api.Metering.Journal;

/// <summary>A journal as its delivery sees it.</summary>
internal interface IJournalSource
{
    string Journal { get; }

    /// <summary>The numbers before this one were acknowledged long ago.</summary>
    long First { get; }

    /// <summary>The last number that may be delivered.</summary>
    long Last { get; }

    /// <summary>The JSON of the events after a number, in order; good until the next call. There may be fewer than there are numbers: what is damaged is left out.</summary>
    /// <param name="after">The number.</param>
    /// <param name="most">How many to return at most.</param>
    /// <param name="last">The last number that the result covers.</param>
    IReadOnlyList<ReadOnlyMemory<byte>> Read(long after, int most, out long last);

    /// <summary>Redis has everything up to this number.</summary>
    void Pushed(long last);

    /// <summary>Nothing is pushed for now.</summary>
    void Held();

    /// <summary>The ledger has everything up to this number.</summary>
    void Acknowledged(long last);
}
