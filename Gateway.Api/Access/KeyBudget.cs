namespace Gateway.Api.Access;

/// <summary>What a key may spend in US dollars in a <c>day</c> or a <c>month</c>.</summary>
internal sealed record KeyBudget(decimal Usd, string Period = "month");
