using DistNet.Hosting;
using DistNet.Lab;
using Spectre.Console;
using Spectre.Console.Rendering;
using static System.FormattableString;

namespace DistNet.Cli;

/// <summary>The live view of a comparison: a row for each rule with its runs so far, a bar for the run that is going. Finished runs are said in lines.</summary>
/// <param name="options">What is compared.</param>
internal sealed class LiveComparison(ComparisonOptions options) : ILiveView
{
    private static readonly LiveColumn[] Columns = [new("rule"), new("runs"), new("train loss"), new("accuracy", 44), new("s", 52)];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _rules = options.Runs.ToDictionary(run => run.Options.Out!, run => run.Rule);
    private readonly List<(string Rule, TrainingResult? Result)> _done = [];
    private string _current = "";
    private RunPace _pace = new();

    public SaidLines Lines { get; } = new();

    /// <summary>The same experiment, seen by this view.</summary>
    public IExperiment Watched(IExperiment experiment) => new WatchedExperiment(experiment, this);

    public IRenderable Draw(int width, int height)
    {
        lock (_lock)
        {
            var room = height - 1 - LiveTable.TitleRows;
            var bar = new Text(LiveBar.Of(_pace.Done, $"{_current}  {_pace}", width));
            return room < 1 ? bar : new Rows(LiveTable.Of(width, Columns, options.Rules.Take(room).Select(Cells)), bar);
        }
    }

    private string[] Cells(string rule)
    {
        TrainingResult?[] done = [.. _done.Where(run => run.Rule == rule).Select(run => run.Result)];
        return
        [
            rule,
            Invariant($"{done.Length}/{options.Seeds}"),
            LiveTable.Number(SeedSpread.Of(done.Select(result => result?.TrainLoss))?.Median, "0.0000"),
            LiveTable.Number(SeedSpread.Of(done.Select(result => result?.TestAccuracy))?.Median, "0.00 %"),
            LiveTable.Number(SeedSpread.Of(done.Select(result => result?.Seconds))?.Median, "0.0"),
        ];
    }

    private void Begin(TrainingOptions run)
    {
        lock (_lock)
        {
            _current = Invariant($"{_rules[run.Out!]}, seed {run.Seed}");
            _pace = new RunPace();
        }
    }

    private void Step(StepReport report)
    {
        lock (_lock)
        {
            _pace.Step(report);
        }
    }

    /// <summary>Without a result it failed, or diverged. What was stopped has no figures.</summary>
    private void End(TrainingOptions run, TrainingResult? result)
    {
        lock (_lock)
        {
            _done.Add((_rules[run.Out!], result is { Stopped: false } ? result : null));
        }
    }

    private sealed class WatchedExperiment(IExperiment experiment, LiveComparison view) : IExperiment
    {
        public string Verb => experiment.Verb;

        public async Task<TrainingResult> RunAsync(TrainingOptions options, ITrainingProgress progress, CancellationToken stop)
        {
            view.Begin(options);
            TrainingResult? result = null;
            try
            {
                return result = await experiment.RunAsync(options, new StepWatch(progress, view.Step), stop);
            }
            finally
            {
                view.End(options, result);
            }
        }
    }
}
