using System.Diagnostics;
using System.Runtime;
using DistNet.Actors;
using DistNet.Bench;
using DistNet.Hosting;
using DistNet.Protocol;
using DistNet.Reporting;

namespace DistNet.Benchmarks;

/// <summary>What the parts of a live page cost by themselves, in seconds: figures that do not depend on what else the machine does for a moment.</summary>
internal static class DrawingCost
{
    private const int Steps = 20_000;
    private const int DrawingsEach = 30;

    /// <summary>Code that is called often is compiled a second and a third time, beside the run; after so long that has ended.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    /// <summary>
    /// A run with full curves: one drawing of everything that changes, and one step told with a unit of each of two workers; and what compiling the
    /// code that draws took until then, which each process pays once.
    /// </summary>
    public static (Spread Drawing, Spread Telling, TimeSpan Compiling) Measure(int rounds)
    {
        var compiled = JitInfo.GetCompilationTime();
        var model = new DashboardModel("benchmark");
        var run = model.RunBegins(new TrainingOptions(), null);
        run.Started(new RunDescription("runs/x", "784-512-256-10, relu, softmax", 535818, "mnist", 60000, 10000, "asp", 2, 1, 2, 10, 1 << 20, 0));
        using var drawing = new PageDrawing();
        var (drawings, tellings, version) = (new List<double>(), new List<double>(), 0L);
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < WarmUp;)
        {
            Time(Steps, TellNext);
            Time(DrawingsEach, DrawNext);
        }

        var compiling = JitInfo.GetCompilationTime() - compiled;
        for (var round = 0; round < rounds; round++)
        {
            tellings.Add(Time(Steps, TellNext));
            drawings.Add(Time(DrawingsEach, DrawNext));
        }

        return (Spread.Of(drawings), Spread.Of(tellings), compiling);

        void TellNext() => Tell(run, ++version);

        void DrawNext()
        {
            TellNext();
            drawing.ChangedAsync(model.View()).GetAwaiter().GetResult();
        }
    }

    private static double Time(int times, Action action)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / times;
    }

    private static void Tell(ITrainingProgress run, long version)
    {
        var time = TimeSpan.FromMilliseconds(3 * version);
        for (var worker = 0; worker < 2; worker++)
        {
            var unit = new UnitObserved(worker, version, 64, TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(1), 1 - worker);
            TellOne(run, time, unit);
        }

        TellOne(run, time, new Advanced(version, 1 << 20, 128 * version, 128L << 20, 1.0 / version) { Duration = TimeSpan.FromMilliseconds(3), Units = 2, UpdateSamples = 128 });
        run.Step(new StepReport(version, 1 << 20, 128 * version, 128L << 20, 1.0 / version));
    }

    private static void TellOne<T>(ITrainingProgress run, TimeSpan time, T message)
        where T : struct, IMessage
    {
        var envelope = Envelope<T>.Rent(ActorId.Coordinator, 0, ActorId.Coordinator, message);
        run.Observed(time, envelope);
        envelope.Recycle();
    }
}
