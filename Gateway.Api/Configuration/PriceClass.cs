namespace Gateway.Api.Configuration;

/// <summary>How dear a model's output is; <see cref="BudgetsOptions"/> draws the lines.</summary>
public enum PriceClass
{
    Cheap,
    Standard,
    Expensive,
}
