namespace DistNet.Hosting.Tests;

public sealed class ServiceTimesTests : IDisposable
{
    private const ulong Seed = 5;

    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Times_read_back_equal_to_the_bit()
    {
        ServiceTime[] times = [new(0, 3, 32, 0.1 + 0.2), new(11, long.MaxValue, 1, 1e-300), new(2, 0, 7, 0)];
        var path = _temporary.File(ServiceTimesFile.Name);
        ServiceTimesFile.Write(path, times);
        ServiceTimesFile.Read(path).ShouldBe(times);
        File.ReadAllText(path).ShouldStartWith("worker,step,samples,milliseconds\n0,3,32,0.30000000000000004\n");
    }

    [Theory]
    [InlineData("0,1,32", "line 2|Row: 2|index")]
    [InlineData("0,1,32,-1", "line 2 is no service time")]
    [InlineData("0,1,32,NaN", "line 2 is no service time")]
    [InlineData("0,1,many,1", "")]
    public void A_file_that_makes_no_sense_is_refused_with_its_name(string line, string why)
    {
        var path = _temporary.File(ServiceTimesFile.Name);
        File.WriteAllText(path, $"worker,step,samples,milliseconds\n{line}\n");
        var message = Should.Throw<RunFolderException>(() => ServiceTimesFile.Read(path)).Message;
        message.ShouldStartWith($"cannot read {path}: ");
        message.ShouldMatch(why);
        message.ShouldNotContain("\n");
    }

    [Fact]
    public void A_run_without_times_says_so() =>
        Should.Throw<RunFolderException>(() => ServiceTimesFile.Read(_temporary.File("none"))).Message.ShouldContain("recorded no service times");

    [Fact]
    public void A_reservoir_keeps_all_of_a_short_run()
    {
        var times = Enumerable.Range(0, 100).SelectMany(step => new[] { new ServiceTime(1, step, 8, step), new ServiceTime(0, step, 8, -step) }).ToArray();
        Kept(times, Seed).ShouldBe(times.OrderBy(time => time.Worker).ThenBy(time => time.Step));
    }

    /// <summary>Every tenth of a long run is kept in equal parts: 409.6 of 4096, give or take five standard deviations.</summary>
    [Fact]
    public void A_reservoir_is_bounded_and_fair_to_early_and_late()
    {
        const int Steps = 100_000;
        var times = Enumerable.Range(0, Steps).Select(step => new ServiceTime(3, step, 8, 1)).ToArray();
        var kept = Kept(times, Seed);
        kept.Count.ShouldBe(ServiceTimeReservoir.Capacity);
        kept.Select(time => time.Step).Distinct().Count().ShouldBe(ServiceTimeReservoir.Capacity);
        var tenths = kept.CountBy(time => time.Step * 10 / Steps).Select(tenth => tenth.Value).ToArray();
        tenths.ShouldAllBe(count => Math.Abs(count - 409.6) < 5 * Math.Sqrt(409.6 * 0.9), $"seed {Seed}: {string.Join(' ', tenths)}");
        Kept(times, Seed).ShouldBe(kept);
        Kept(times, Seed + 1).ShouldNotBe(kept);
    }

    private static IReadOnlyList<ServiceTime> Kept(IEnumerable<ServiceTime> times, ulong seed)
    {
        var reservoir = new ServiceTimeReservoir(seed);
        foreach (var time in times)
        {
            reservoir.Add(time);
        }

        return [.. reservoir.Times];
    }
}
