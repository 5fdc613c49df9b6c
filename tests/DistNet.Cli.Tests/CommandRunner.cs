using DistNet.Bench;
using DistNet.Hosting;
using DistNet.Lab;
using DistNet.Learning;

namespace DistNet.Cli.Tests;

/// <summary>Runs the command in process, with its two streams as text and a training session that only reports.</summary>
internal sealed record CommandRunner
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    /// <summary>The options the session was given.</summary>
    public TrainingOptions? Trained { get; private set; }

    /// <summary>What was to be measured.</summary>
    public CoreBenchOptions? Core { get; private set; }

    /// <inheritdoc cref="Core"/>
    public StepBenchOptions? Step { get; private set; }

    /// <summary>What was to be verified.</summary>
    public VerificationOptions? Verified { get; private set; }

    /// <summary>Studies that there are.</summary>
    public IReadOnlyList<Study> Studies { get; init; } = StudyCatalog.All;

    /// <summary>What the verification finds, where theory says 7.</summary>
    public double Measured { get; init; } = 7;

    /// <summary>The folder that the session says it made.</summary>
    public string RunPath { get; init; } = "runs/x";

    /// <summary>Makes reports; null: none are made.</summary>
    public Func<string, string?, Task<string>>? Report { get; init; }

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public CancellationToken Stop { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>Thrown by the session instead of a result.</summary>
    public Exception? Failure { get; init; }

    public Task<int> RunAsync(params string[] args) => DistNetCommand.RunAsync(args, new CommandHost
    {
        Out = _out,
        Error = _error,
        Stop = Stop,
        Environment = Environment,
        Services = new CommandServices
        {
            Train = TrainAsync,
            Evaluate = (run, data, _) => new EvaluationResult(run.Root, 7, data ?? "digits", 4, 0.25, 0.75),
            Predict = (_, _, _) => new PredictionTable(["no", "yes, sir"], [new(1, [0.25f, 0.75f]), new(0, [1, 0])]),
            Data =
            [
                new("digits", "handwritten digits", 1797, 0, [8, 8], ["0", "1"], DataOrigin.Embedded, "UCI", "BSD-3-Clause"),
                new("iris", "iris flowers", 150, 0, [4], ["a", "b", "c"], DataOrigin.Embedded, "UCI", "BSD-3-Clause"),
            ],
            BenchCore = BenchCore,
            BenchStep = BenchStep,
            Studies = Studies,
            Report = Report,
            Verify = (options, _) =>
            {
                Verified = options;
                return new VerificationReport([VerificationRow.Exact("a row", Measured, 7)]);
            },
        },
    });

    public static TrainingResult Result(bool stopped = false) => new()
    {
        Run = "runs/x",
        Mode = "bsp",
        Workers = 2,
        Servers = 1,
        Lanes = 2,
        Epochs = 3,
        Steps = 60,
        Samples = 3000,
        Seconds = 1.5,
        SamplesPerSecond = 2000,
        TrainLoss = 0.5,
        TestLoss = double.NaN,
        TestAccuracy = 0.9,
        WeightsSha256 = "ab",
        Parameters = 10,
        StalenessMean = 0,
        Ledger = new(3000, 3000, 0, 0, 0, 0),
        LossHistory = [2, 1, 0.5],
        Stopped = stopped,
        TestAccuracyHistory = [0.5, 0.8, 0.9],
    };

    private CoreBenchReport BenchCore(CoreBenchOptions options, Action<string> progress, CancellationToken stop)
    {
        Core = options;
        progress("measuring");
        var product = new ProductResult(new("forward", 128, 512, 784), Rate(80e9), Rate(0.8), Rate(40e9), Rate(2));
        var library = options.AgainstOpenBlas ? "another library" : null;
        var slow = new LoadResult(product.Shape, "DistNet", 2, options.Load, Rate(1.75), 1.5);
        return new(Machine, options.Measure, library, [new(Peak, [product], Rate(2))], options.Load > 0 ? [slow] : []);
    }

    private StepBenchReport BenchStep(StepBenchOptions options, Action<string> progress, CancellationToken stop)
    {
        Step = options;
        progress("measuring");
        var setup = new SetupResult(StepSetup.OneWorkerManyLanes, Rate(0.004), Rate(32_000), 0.75);
        var network = new NetworkResult(StepNetwork.Large, [setup], [new("8 lanes / 1 lane", Rate(1.125))]);
        return new(Machine, options.Measure, [Peak], [network], new(0.5, 1000, 2, 8));
    }

    private static MachineReport Machine { get; } = new("a processor", 2, ["AVX2", "FMA"], "avx2", ".NET", "Linux");

    private static PeakReport Peak { get; } = new(1, [new("AVX2+FMA", Rate(100e9))], Rate(20e9));

    private static Spread Rate(double median) => new(median, median / 2, median * 2);

    private Task<TrainingResult> TrainAsync(TrainingOptions options, ITrainingProgress progress, CancellationToken stop)
    {
        Trained = options;
        if (Failure is not null)
        {
            throw Failure;
        }

        progress.Started(new("runs/x", "64-64-10, relu, softmax", 10, "digits", 1437, 360, "bsp", 2, 1, 2, 3, 60, 0));
        for (var epoch = 1; epoch <= 3; epoch++)
        {
            progress.Step(new(epoch * 20, 60, epoch * 1000, 3000, 1));
            progress.Epoch(new(epoch, 3, epoch * 20, 1.0 / epoch, 0.5, 0.9, 2000, [new("worker 0", "0..1", 2000, "computing")]));
        }

        progress.Notice("a notice");
        return Task.FromResult(Result(stop.IsCancellationRequested) with { Run = RunPath });
    }
}
