using System.Text.Json;
using System.Text.Json.Serialization;

namespace DistNet.Hosting;

/// <summary>What a run came to. Its JSON form is what <c>--format json</c> prints, field for field.</summary>
public sealed record TrainingResult
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Path of the run folder; empty where there is none.</summary>
    public required string Run { get; init; }

    public required string Mode { get; init; }

    public required int Workers { get; init; }

    public required int Servers { get; init; }

    public required int Lanes { get; init; }

    /// <summary>Epochs completed.</summary>
    public required int Epochs { get; init; }

    /// <summary>Updates applied.</summary>
    public required long Steps { get; init; }

    /// <summary>Samples applied.</summary>
    public required long Samples { get; init; }

    /// <summary>Wall time of the whole run; of a simulated one its virtual time.</summary>
    public required double Seconds { get; init; }

    /// <summary>Samples over the time spent in steps; loading, evaluation, checkpoints and the first 50 steps excluded.</summary>
    public required double SamplesPerSecond { get; init; }

    /// <summary>Loss over the last epoch's samples.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>Null where there is no test part.</summary>
    public required double? TestLoss { get; init; }

    /// <summary>From 0 to 1; null where there is no test part.</summary>
    public required double? TestAccuracy { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of the final weights, little-endian float32 in layout order, padding left out.</summary>
    public required string WeightsSha256 { get; init; }

    public required int Parameters { get; init; }

    /// <summary>Mean over applied gradients of the version applied to minus the version computed from.</summary>
    public required double StalenessMean { get; init; }

    /// <summary>How stale the gradients in the weights were; absent where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StalenessReport? Staleness { get; init; }

    /// <summary>Distance between the weights read and the weights updated, in the last generation; absent where it was not measured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Protocol.DriftSummary? Drift { get; init; }

    /// <summary>
    /// Momentum that the staleness amounts to: t / (1 + t) for a mean of t, exact for exponential service times (Mitliagkas et al. 2016). Absent where
    /// nothing was stale.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ImplicitMomentum { get; init; }

    /// <summary>Greatest eigenvalue of the Hessian of the loss and its penalty, measured last; absent where it was not, as where nothing can be stale.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Curvature { get; init; }

    /// <summary>
    /// Learning rates below it are stable at that curvature and staleness: alpha lambda below 2 sin(pi / (2 (2 tau + 1))) for plain SGD, and the like
    /// with momentum. Absent where no curvature was measured.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? StableLearningRate { get; init; }

    /// <summary>How long each worker had nothing to do, and for whom it waited, in the latest start of the run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WaitingReport>? Waiting { get; init; }

    public required LedgerReport Ledger { get; init; }

    /// <summary>Train loss of each epoch, or of each step with <c>--record-steps</c>.</summary>
    public required IReadOnlyList<double> LossHistory { get; init; }

    /// <summary>True when the run was asked to end before its plan was done; it can be resumed.</summary>
    public required bool Stopped { get; init; }

    /// <summary>
    /// True when nodes were admitted whose processors may round differently, so that another run need not end in the same bits. Absent from the
    /// JSON otherwise.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool MixedArithmetic { get; init; }

    /// <summary>True when the run was simulated: all times but <see cref="EventsPerSecond"/> are virtual. Absent from the JSON otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Virtual { get; init; }

    /// <summary>Simulated runs: inputs that actors were given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Events { get; init; }

    /// <summary>Simulated runs: <see cref="Events"/> over the real time they took.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double EventsPerSecond { get; init; }

    /// <summary>Test loss of each evaluation.</summary>
    [JsonIgnore]
    public IReadOnlyList<double> TestLossHistory { get; init; } = [];

    /// <summary>Test accuracy of each evaluation.</summary>
    [JsonIgnore]
    public IReadOnlyList<double> TestAccuracyHistory { get; init; } = [];

    /// <summary>From its JSON form; what that leaves out is empty.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static TrainingResult Parse(string json) => JsonSerializer.Deserialize<TrainingResult>(json, Json) ?? throw new JsonException("it is null");

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}

/// <summary>
/// Where every sample went: planned = applied + dropped + pending. Redispatched and rolled back are beside it, not in it.
/// </summary>
public sealed record LedgerReport(
    long Planned,
    long Applied,
    long Dropped,
    long Pending,
    long Redispatched,
    long RolledBack)
{
    /// <summary>What was dropped, by the reason; null: nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DropReport? DroppedBy { get; init; }

    public static LedgerReport Of(Protocol.Ledger ledger) =>
        new(ledger.Planned, ledger.Applied, ledger.Dropped.Samples, ledger.Pending, ledger.Redispatched, ledger.RolledBack)
        {
            DroppedBy = ledger.Dropped.Units == 0 ? null : new DropReport(ledger.Dropped.Late, ledger.Dropped.Unused, ledger.Dropped.Skipped),
        };
}

/// <summary>Gradients that were planned and never applied.</summary>
/// <param name="Late">Cancelled: the update was complete without them.</param>
/// <param name="Unused">Still out, or waiting for others, when the run or its rule ended.</param>
/// <param name="Skipped">Left out when a rule began that wants every lane at the same batch.</param>
public sealed record DropReport(Protocol.DropCount Late, Protocol.DropCount Unused, Protocol.DropCount Skipped);
