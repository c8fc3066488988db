namespace Cost.Worker.Ledger.Dynamo;

/// <summary>Which item of sums an event belongs to: of an hour, or of a day where <paramref name="Hour"/> is null.</summary>
internal readonly record struct SumKey(DateOnly Day, int? Hour, UsageGroup Group)
{
    public string Partition => Hour is null ? DynamoKeys.Days(Day) : DynamoKeys.Hours(Day);

    public string Sort => DynamoKeys.GroupIn(Hour ?? Day.Day, Group);
}
