using System.Diagnostics;
using System.Globalization;
using DistNet.Hosting;
using Spectre.Console;
using Spectre.Console.Rendering;
using static System.FormattableString;

namespace DistNet.Cli;

/// <summary>
/// The live view of a terminal: recent epochs, a row for each worker, a bar with the time left. Reports only store what
/// they bring; one loop draws a few times a second, so that a fast run is not slowed by its picture.
/// </summary>
internal sealed class LiveProgress(int evalEvery) : ITrainingProgress
{
    private const int EpochsShown = 12;
    private const int BarWidth = 40;
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(150);

    private readonly Lock _lock = new();
    private readonly Queue<EpochReport> _epochs = [];
    private readonly List<string> _lines = [];
    private IReadOnlyList<WorkerReport> _workers = [];
    private StepReport _first;
    private StepReport _last;
    private long _firstAt;

    public static async Task<TrainingResult> RunAsync(TextWriter writer, int evalEvery, Func<ITrainingProgress, Task<TrainingResult>> train)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        var view = new LiveProgress(evalEvery);
        return await console.Live(new Text("loading")).StartAsync(async context =>
        {
            var training = Task.Run(() => train(view));
            while (!training.IsCompleted)
            {
                context.UpdateTarget(view.Draw());
                await Task.WhenAny(training, Task.Delay(RedrawEvery));
            }

            context.UpdateTarget(view.Draw());
            return await training;
        });
    }

    public void Started(RunDescription description) => Notice(PlainProgress.Describe(description));

    public void Epoch(EpochReport report)
    {
        lock (_lock)
        {
            _workers = report.Workers;
            if (!PlainProgress.IsReported(report, evalEvery))
            {
                return;
            }

            _epochs.Enqueue(report);
            if (_epochs.Count > EpochsShown)
            {
                _epochs.Dequeue();
            }
        }
    }

    public void Step(in StepReport report)
    {
        lock (_lock)
        {
            if (_firstAt == 0)
            {
                _firstAt = Stopwatch.GetTimestamp();
                _first = report;
            }

            _last = report;
        }
    }

    public void Notice(string line)
    {
        lock (_lock)
        {
            _lines.Add(line);
        }
    }

    internal IRenderable Draw()
    {
        lock (_lock)
        {
            return new Rows([.. _lines.Select(line => new Text(line)), EpochTable(), WorkerTable(), new Text(Bar())]);
        }
    }

    private Table EpochTable()
    {
        var table = TableOf("epoch", "train loss", "test loss", "accuracy", "samples/s");
        foreach (var r in _epochs)
        {
            table.AddRow(Invariant($"{r.Epoch}/{r.Epochs}"), Number(r.TrainLoss, "0.0000"), Number(r.TestLoss, "0.0000"), Number(r.TestAccuracy, "0.00 %"), Number(r.SamplesPerSecond, "0"));
        }

        return table;
    }

    private Table WorkerTable()
    {
        var table = TableOf("worker", "lanes", "samples/s", "state");
        foreach (var worker in _workers)
        {
            table.AddRow(Markup.Escape(worker.Name), Markup.Escape(worker.Lanes), Number(worker.SamplesPerSecond, "0"), Markup.Escape(worker.State));
        }

        return table;
    }

    private string Bar()
    {
        var part = _last.SamplesPlanned == 0 ? 0 : Math.Clamp((double)_last.SamplesApplied / _last.SamplesPlanned, 0, 1);
        var filled = (int)(part * BarWidth);
        return Invariant($"{new string('█', filled)}{new string('░', BarWidth - filled)} {100 * part:0} %  step {_last.Version}/{_last.TotalVersions}  {TimeLeft()}");
    }

    private string TimeLeft()
    {
        var done = _last.SamplesApplied - _first.SamplesApplied;
        if (done <= 0)
        {
            return "";
        }

        var left = Stopwatch.GetElapsedTime(_firstAt) * ((double)(_last.SamplesPlanned - _last.SamplesApplied) / done);
        return $"{left.ToString(left.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture)} left";
    }

    private static Table TableOf(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        return table;
    }

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
