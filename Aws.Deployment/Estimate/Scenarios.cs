namespace Aws.Deployment.Estimate;

/// <summary>A quantity or an amount as it may turn out.</summary>
/// <param name="Low">If there is little to do.</param>
/// <param name="Expected">What is reckoned with.</param>
/// <param name="High">If there is much to do.</param>
public readonly record struct Scenarios(decimal Low, decimal Expected, decimal High)
{
    public static implicit operator Scenarios(decimal same) => new(same, same, same);

    public static Scenarios operator +(Scenarios left, Scenarios right) => left.With(right, (one, other) => one + other);

    public static Scenarios operator -(Scenarios left, Scenarios right) => left.With(right, (one, other) => one - other);

    public static Scenarios operator *(Scenarios left, Scenarios right) => left.With(right, (one, other) => one * other);

    public static Scenarios operator /(Scenarios left, decimal right) => left.With(right, (one, other) => one / other);

    public Scenarios AtLeast(decimal least) => With(least, Math.Max);

    public Scenarios AtMost(decimal most) => With(most, Math.Min);

    public static Scenarios Sum(IEnumerable<Scenarios> all) => all.Aggregate((Scenarios)0, (sum, one) => sum + one);

    private Scenarios With(Scenarios other, Func<decimal, decimal, decimal> each) => new(each(Low, other.Low), each(Expected, other.Expected), each(High, other.High));
}
