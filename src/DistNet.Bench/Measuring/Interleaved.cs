namespace DistNet.Bench;

/// <summary>
/// Measures sides against each other. They take turns within every round, in an order that is turned around from round to round, so
/// that a busy moment of the machine or a change of its clock meets all of them; figures to trust are ratios within a round.
/// </summary>
public static class Interleaved
{
    private const int MaxOperations = 1 << 28;

    // Threads that slept begin on the processor of whoever woke them, and clocks follow the load: a while passes until both have settled.
    private const int LeadInPart = 3;

    /// <summary>
    /// Warms every side up for about one turn, finds out how many operations fill a turn, and runs the rounds. Each turn has a
    /// lead-in of a third of its operations, which is not measured.
    /// </summary>
    public static Comparison Run(IReadOnlyList<Side> sides, MeasureOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Rounds, nameof(options));
        var operations = sides.Select(side => Calibrate(side, options.SecondsPerTurn)).ToArray();
        var seconds = sides.Select(_ => new double[options.Rounds]).ToArray();
        for (var round = 0; round < options.Rounds; round++)
        {
            for (var turn = 0; turn < sides.Count; turn++)
            {
                var side = round % 2 == 0 ? turn : sides.Count - 1 - turn;
                Thread.Sleep(options.Pause);
                sides[side].Run(Math.Max(1, operations[side] / LeadInPart));
                seconds[side][round] = sides[side].Run(operations[side]) / operations[side];
            }
        }

        return new Comparison([.. sides.Select(side => side.Name)], seconds);
    }

    /// <summary>Doubles the operations until together they took a turn's time; what then is fast is compiled and warm.</summary>
    private static int Calibrate(Side side, double seconds)
    {
        var operations = 1;
        var last = side.Run(operations);
        for (var spent = last; spent < seconds && operations < MaxOperations; spent += last)
        {
            operations *= 2;
            last = side.Run(operations);
        }

        return (int)Math.Clamp(Math.Round(seconds / (last / operations)), 1, MaxOperations);
    }
}
