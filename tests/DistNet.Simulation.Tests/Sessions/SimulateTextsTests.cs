using DistNet.Hosting;

namespace DistNet.Simulation.Tests;

public sealed class SimulateTextsTests
{
    [Fact]
    public void What_is_given_for_some_workers_is_theirs_and_the_later_counts()
    {
        var service = new SimulateTexts { Service = "exp:10ms", ServiceOf = ["1..3=20ms", "2=30ms"], Slow = ["0=2.0"] }.Read(workers: 4, servers: 1).Service;
        Enumerable.Range(0, 4).Select(worker => service.Of(worker).ToString())
            .ShouldBe(["exp:10ms", "constant:20ms", "constant:30ms", "constant:20ms"]);
        Enumerable.Range(0, 4).Select(service.SlowDownOf).ShouldBe([2, 1, 1, 1]);
    }

    [Fact]
    public void Every_mistake_is_reported_at_once()
    {
        var texts = new SimulateTexts
        {
            Compute = "cubic",
            Service = "never",
            ServiceOf = ["4=1ms", "x=1ms", "1ms", "3..1=1ms"],
            Slow = ["1=0"],
            Latency = "soon",
            Bandwidth = "wide",
        };
        var problems = Should.Throw<UsageException>(() => texts.Read(workers: 4, servers: 1)).Problems;
        problems.Count.ShouldBe(9);
        problems.ShouldContain("--service-of: '4=1ms' names workers that there are not: they are numbered from 0 to 3");
        problems.ShouldContain("--slow: '1=0' has no factor above 0, such as 2.0");
        problems.ShouldContain("--bandwidth: 'wide' is not a rate such as 100Mbit or 1Gbit (a second)");
    }
}
