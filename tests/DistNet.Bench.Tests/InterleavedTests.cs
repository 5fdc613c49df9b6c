namespace DistNet.Bench.Tests;

/// <summary>The runner on sides that only say how long they took.</summary>
public sealed class InterleavedTests
{
    private static readonly MeasureOptions Options = new() { Rounds = 5, Budget = 5, Pause = TimeSpan.Zero };

    [Fact]
    public void Sides_take_turns_and_the_order_turns_around()
    {
        var turns = new List<string>();
        Side Recorder(string name) => new(name, operations =>
        {
            turns.Add(name);
            return operations;
        });

        Interleaved.Run([Recorder("a"), Recorder("b"), Recorder("c")], Options);

        // One operation of a second fills a turn, so that calibrating takes one run. Then each turn is a lead-in and what is measured.
        string.Concat(turns).ShouldBe("abc" + "aabbcc" + "ccbbaa" + "aabbcc" + "ccbbaa" + "aabbcc");
    }

    [Fact]
    public void A_turn_has_as_many_operations_as_fill_its_time_after_a_third_of_them_to_settle()
    {
        var runs = new List<int>();

        Interleaved.Run([new Side("side", Run)], Options with { Budget = 0.5 });

        runs.ShouldBe([1, 2, 4, 8, 16, 32, 64, 33, 100, 33, 100, 33, 100, 33, 100, 33, 100]);

        double Run(int operations)
        {
            runs.Add(operations);
            return operations * 0.001;
        }
    }

    [Fact]
    public void An_operation_longer_than_a_turn_is_still_measured_once_a_round()
    {
        var runs = new List<int>();

        var result = Interleaved.Run([new Side("slow", Run)], Options with { Budget = 0.001 });

        runs.ShouldBe([.. Enumerable.Repeat(1, 11)]);
        result.Seconds("slow").ShouldBe(new Spread(3, 3, 3));

        double Run(int operations)
        {
            runs.Add(operations);
            return 3 * operations;
        }
    }

    [Fact]
    public void Ratios_are_taken_within_a_round_so_that_a_slow_round_of_all_sides_cancels_out()
    {
        var calls = 0;

        // Calibrating is two calls, then four for each round: the third round is ten times slower for both sides.
        Side Shaken(string name, double seconds) => new(name, operations => operations * seconds * (calls++ is >= 10 and < 14 ? 10 : 1));
        var result = Interleaved.Run([Shaken("a", 2), Shaken("b", 1)], Options);

        result.TimeRatio("a", "b").ShouldBe(new Spread(2, 2, 2));
        result.Seconds("a").ShouldBe(new Spread(2, 2, 20));
        result.Rate("b", 30).ShouldBe(new Spread(30, 3, 30));
    }

    [Fact]
    public void Spreads_and_means()
    {
        Spread.Of([5, 1, 3]).ShouldBe(new Spread(3, 1, 5));
        Spread.Of([4, 1, 2, 3]).ShouldBe(new Spread(2.5, 1, 4));
        Should.Throw<ArgumentException>(() => Spread.Of([]));
        var mean = Spread.GeometricMean([[1, 4, 9], [4, 16, 1]]);
        mean.Min.ShouldBe(2, 1e-12);
        mean.Median.ShouldBe(3, 1e-12);
        mean.Max.ShouldBe(8, 1e-12);
    }
}
