using MathNet.Numerics.RootFinding;

namespace DistNet.Lab;

/// <summary>
/// Predicts other rules and worker counts from one run, by playing each rule on resampled service times: worker i draws from the recorded times of worker
/// i modulo the recorded ones, so that a machine that is slow for good stays slow. Workers that were recorded side by side draw the same moment: what
/// slows all of them at once keeps nobody waiting for anybody. A worker's gradient keeps its size, so a batch grows with the workers.
/// </summary>
public sealed class Planner
{
    private const int LeastUpdates = 2_000;
    private const int MostUpdates = 10_000;
    private const int Gradients = 640_000;
    private const int WarmUp = 500;
    private const int CoarseUpdates = 2_000;
    private const ulong Seed = 1;

    private readonly RecordedRun _run;
    private readonly ShiftedExponential _fit;

    /// <param name="run">What was recorded.</param>
    public Planner(RecordedRun run)
    {
        _run = run;
        _fit = ShiftedExponential.Fit([.. run.Laws.SelectMany(law => law.Times)]);
        Exchange = ExchangeOf(run);
    }

    /// <summary>
    /// Seconds that a push, the update and the pull seem to take: what explains the recorded run's speed beside its service times; 0 where they explain it.
    /// </summary>
    public double Exchange { get; }

    /// <summary>The shifted exponential law, in seconds, that fits the times of all workers best; the closed forms use it.</summary>
    public ShiftedExponential Fit => _fit;

    public Prediction Predict(RuleModel model, int workers)
    {
        // An update of many gradients varies less, and costs more to play.
        var updates = Math.Clamp(Gradients / model.GradientsPerUpdate, LeastUpdates, MostUpdates);
        var trace = model.Reference.Run(Times(_run, workers, Exchange), updates, WarmUp);
        var time = Estimate.OfSeries(trace.Intervals);
        return new Prediction(
            model.Name,
            workers,
            time.Mean,
            time.StandardError,
            model.ClosedForm(_fit with { Shift = _fit.Shift + Exchange }),
            trace.GradientRate * _run.SamplesPerGradient,
            trace.GradientRate,
            model.ComputesOnSharedWeights ? trace.MeanStaleness : null,
            (double)trace.Dropped / (trace.Applied + trace.Dropped));
    }

    private static double ExchangeOf(RecordedRun run)
    {
        if (RuleModel.Find(run.Rule, run.Workers, out _) is not { } model || run.SecondsPerUpdate(model) is not { } measured)
        {
            return 0;
        }

        // The same luck for each exchange makes the time a rising function of it; P gradients at least share an update's time.
        double Excess(double exchange) => model.Reference.Run(Times(run, run.Workers, exchange), CoarseUpdates).TimePerUpdate - measured;
        return Excess(0) >= 0 ? 0 : Brent.FindRoot(Excess, 0, 2 * measured * run.Workers, accuracy: measured * 1e-6);
    }

    private static ServiceTimes Times(RecordedRun run, int workers, double exchange) =>
        new([.. Enumerable.Range(0, workers).Select(worker => run.Laws[worker % run.Workers])], Seed, exchange, group: run.Workers);
}
