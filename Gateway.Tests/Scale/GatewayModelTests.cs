using Gateway.Benchmarks.Scale.Model;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Scale;

/// <summary>What the scale model says of gateways whose limits are plain to see.</summary>
public class GatewayModelTests
{
    private static readonly ServiceTimes Times = new()
    {
        Admit = 40e-6,
        Call = 30e-6,
        Reply = 30e-6,
        RedisMessage = 20e-6,
        RedisItem = 2e-6,
        UpstreamWait = 0.01,
        RoundTrip = 0.0002,
    };

    [Fact]
    public void One_replica_answers_what_its_cores_can()
    {
        var prediction = Predict(new Layout { Connections = 400 });

        prediction.Bottleneck.ShouldBe(GatewayModel.Replica);
        prediction.RequestsPerSecond.ShouldBe(20_000, tolerance: 400);
    }

    [Fact]
    public void Where_callers_are_few_each_waits_for_its_own_request_alone()
    {
        var prediction = Predict(new Layout { Connections = 1 }, Times with { UpstreamWait = 0.1 }, seconds: 20);

        // The wait, the round trip, 100 µs of gateway and a message with one hold, or one with the settlement before it.
        prediction.RequestsPerSecond.ShouldBe(1 / 0.10032, tolerance: 0.2);
    }

    [Fact]
    public void Many_replicas_of_one_Redis_wait_for_it_and_a_cluster_relieves_them()
    {
        var one = Predict(new Layout { Replicas = 16, Tenants = 1_000, Connections = 4_000 });
        var cluster = Predict(new Layout { Replicas = 16, Tenants = 1_000, Shards = 4, Connections = 4_000 });

        one.Bottleneck.ShouldBe(GatewayModel.Redis);
        one.Utilization[GatewayModel.Redis].ShouldBeInRange(0.98, 1.0001);
        (cluster.RequestsPerSecond / one.RequestsPerSecond).ShouldBeInRange(2.5, 4);
    }

    [Fact]
    public void A_few_tenants_do_not_fill_a_cluster()
    {
        var times = Times with { RedisMessage = 0, RedisItem = 20e-6 };
        var few = Predict(new Layout { Replicas = 8, Tenants = 2, Shards = 12, Connections = 2_000, Leases = null }, times);
        var many = Predict(new Layout { Replicas = 8, Tenants = 2_000, Shards = 12, Connections = 2_000, Leases = null }, times);

        few.Bottleneck.ShouldBe(GatewayModel.Redis);
        few.RequestsPerSecond.ShouldBeLessThan(55_000);
        many.RequestsPerSecond.ShouldBeGreaterThan(100_000);
    }

    [Fact]
    public void A_tenants_requests_share_messages()
    {
        var one = Predict(new Layout { Tenants = 1, Connections = 400, Leases = null });
        var many = Predict(new Layout { Tenants = 100_000, Connections = 400, Leases = null });

        one.MessagesOfRequest.ShouldBeInRange(0.01, 0.5);
        many.MessagesOfRequest.ShouldBe(2, tolerance: 0.1);
    }

    [Fact]
    public void Leases_spare_messages_of_tenants_that_ask_often_and_of_no_others()
    {
        var often = Predict(new Layout { Tenants = 1, Connections = 400 });
        var seldom = Predict(new Layout { Tenants = 100_000, Connections = 400 });

        often.MessagesOfRequest.ShouldBeInRange(0.0005, 0.05);
        seldom.MessagesOfRequest.ShouldBe(2, tolerance: 0.1);
    }

    [Fact]
    public void Targets_that_answer_so_many_at_a_time_answer_no_more()
    {
        var prediction = Predict(new Layout { Targets = 5, RequestsOfTarget = 8, Connections = 100 }, Times with { UpstreamWait = 0.1 }, seconds: 20);

        prediction.Bottleneck.ShouldBe(GatewayModel.Target);
        prediction.RequestsPerSecond.ShouldBe(400, tolerance: 15);
    }

    [Fact]
    public void On_one_machine_more_replicas_only_share_its_cores()
    {
        var times = Times with { Client = 10e-6, Balancer = 20e-6, Upstream = 30e-6, Background = 40e-6, UpstreamWait = 0 };
        var shared = new Layout { Tenants = 1, Connections = 64, SharedCores = 2 };

        var one = Predict(shared, times);
        var four = Predict(shared with { Replicas = 4 }, times);

        // 200 µs of work, hardly any of it in Redis, on two cores.
        one.RequestsPerSecond.ShouldBeInRange(9_500, 10_300);
        four.RequestsPerSecond.ShouldBeInRange(0.9 * one.RequestsPerSecond, 1.05 * one.RequestsPerSecond);
        one.Utilization[GatewayModel.Machine].ShouldBeInRange(0.98, 1.0001);
    }

    private static Prediction Predict(Layout layout, ServiceTimes? times = null, double seconds = 0.3) =>
        GatewayModel.Predict(times ?? Times, layout, warmUp: 0.2, seconds);
}
