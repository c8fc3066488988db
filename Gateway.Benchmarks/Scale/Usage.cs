namespace Gateway.Benchmarks.Scale;

/// <summary>CPU seconds a request of everybody involved, and the limits' messages to Redis a request.</summary>
internal sealed record Usage(double Gateway, double Balancer, double Upstream, double Redis, double Background, double Client, double Messages)
{
    public double Total => Gateway + Balancer + Upstream + Redis + Background + Client;
}
