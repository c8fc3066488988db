using Gateway.Benchmarks.Scale.Model;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Scale;

/// <summary>The queues of the scale model against what is known of them.</summary>
public class StationTests
{
    private const double Rate = 700;
    private const double Service = 0.001;
    private const double Load = Rate * Service;
    private const double Enough = 120;
    private const double Tolerance = 0.05;

    [Fact]
    public void A_single_server_with_exponential_times_waits_as_M_M_1_says() =>
        MeanSeconds(servers: 1, isConstant: false).ShouldBe(Service / (1 - Load), Service * Tolerance / (1 - Load));

    [Fact]
    public void A_single_server_with_constant_times_waits_as_M_D_1_says()
    {
        var expected = Service + (Load * Service / (2 * (1 - Load)));
        MeanSeconds(servers: 1, isConstant: true).ShouldBe(expected, expected * Tolerance);
    }

    [Fact]
    public void Two_servers_wait_as_M_M_2_says()
    {
        // Erlang's C for two servers at a load a (here as much again for each): the wait is what a single one's would be, times load² / (1 - load²).
        var expected = Service / (1 - (Load * Load));
        MeanSeconds(servers: 2, isConstant: false).ShouldBe(expected, expected * Tolerance);
    }

    [Fact]
    public void Stations_share_cores_and_none_uses_more_than_it_may()
    {
        var simulation = new Simulation(seed: 5);
        var cores = new Cores(2);
        var (single, wide) = (new Station(simulation, "single", cores, atOnce: 1, isConstant: true), new Station(simulation, "wide", cores, atOnce: 2, isConstant: true));
        Keep(single);
        Keep(single);
        Keep(wide);
        Keep(wide);

        simulation.RunUntil(10);

        (single.Work + wide.Work).ShouldBe(20, tolerance: 1e-6);
        single.Work.ShouldBeInRange(6, 10 + 1e-6);

        void Keep(Station station) => station.Serve(Service, () => Keep(station));
    }

    private static double MeanSeconds(int servers, bool isConstant)
    {
        var simulation = new Simulation(seed: 3);
        var station = new Station(simulation, "server", new Cores(servers), servers, isConstant);
        var (sum, count) = (0.0, 0);
        Arrive();
        simulation.RunUntil(Enough);
        return sum / count;

        void Arrive()
        {
            var arrived = simulation.Now;
            station.Serve(Service, () =>
            {
                sum += simulation.Now - arrived;
                count++;
            });
            simulation.After(simulation.Exponential(1 / (Rate * servers)), Arrive);
        }
    }
}
