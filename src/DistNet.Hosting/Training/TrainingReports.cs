using System.Text.Json.Serialization;
using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>What is about to be trained.</summary>
/// <param name="Run">Path of the run folder; empty where there is none.</param>
/// <param name="Network">The network in words, such as "64-64-10, relu, softmax".</param>
/// <param name="Parameters">Number of parameters.</param>
/// <param name="Data">The data set's name.</param>
/// <param name="TrainSamples">Samples trained on.</param>
/// <param name="TestSamples">Samples held back; 0 where there are none.</param>
/// <param name="Mode">The update rule.</param>
/// <param name="Workers">Number of workers.</param>
/// <param name="Servers">Number of parameter servers.</param>
/// <param name="Lanes">Number of lanes.</param>
/// <param name="Epochs">Epochs planned, the last one perhaps begun only.</param>
/// <param name="TotalVersions">Updates planned.</param>
/// <param name="FirstVersion">Updates applied before this start; above 0 when a run is resumed.</param>
public sealed record RunDescription(
    string Run,
    string Network,
    int Parameters,
    string Data,
    int TrainSamples,
    int TestSamples,
    string Mode,
    int Workers,
    int Servers,
    int Lanes,
    int Epochs,
    long TotalVersions,
    long FirstVersion);

/// <summary>The state of a run at the end of an epoch.</summary>
/// <param name="Epoch">Number of this epoch, from 1.</param>
/// <param name="Epochs">Epochs planned.</param>
/// <param name="Version">Updates applied so far.</param>
/// <param name="TrainLoss">Loss over the epoch's samples, each under the weights it was trained with.</param>
/// <param name="TestLoss">Loss on the test part; null where it was not evaluated.</param>
/// <param name="TestAccuracy">Part of the test samples classified rightly, 0 to 1; null where it was not evaluated.</param>
/// <param name="SamplesPerSecond">Samples over the time spent in steps.</param>
/// <param name="Workers">One row for each worker.</param>
public sealed record EpochReport(
    int Epoch,
    int Epochs,
    long Version,
    double TrainLoss,
    double? TestLoss,
    double? TestAccuracy,
    double SamplesPerSecond,
    IReadOnlyList<WorkerReport> Workers)
{
    /// <summary>Samples applied so far.</summary>
    public long Samples { get; init; }

    /// <summary>Time since this start of the run began, evaluations and checkpoints included.</summary>
    public double Seconds { get; init; }

    /// <summary>So far; null: nothing was stale, or the epoch is not evaluated, as with those below.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StalenessReport? Staleness { get; init; }

    /// <summary>Distance between the weights read and the weights updated, so far in this generation; null: not measured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DriftSummary? Drift { get; init; }

    /// <summary>So far, see <see cref="Asynchrony"/>; null: nothing was stale.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ImplicitMomentum { get; init; }

    /// <summary>Greatest eigenvalue of the Hessian, measured last; null: it was not measured, or has no meaning for the run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Curvature { get; init; }

    /// <summary>Learning rates below it are stable at that curvature and the present staleness; null: not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? StableLearningRate { get; init; }

    /// <summary>Of each worker, so far.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WaitingReport>? Waiting { get; init; }
}

/// <summary>One worker at the end of an epoch.</summary>
/// <param name="Name">The worker's name.</param>
/// <param name="Lanes">The lanes it hosts, such as "0..3".</param>
/// <param name="SamplesPerSecond">What it computed, over the time spent in steps.</param>
/// <param name="State">What it is doing, in one word.</param>
public sealed record WorkerReport(string Name, string Lanes, double SamplesPerSecond, string State);

/// <summary>One node of a cluster.</summary>
/// <param name="Name">Its name, such as worker-3.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="State">What it is doing, in one word.</param>
/// <param name="Step">The last step it has finished; null: none, or it computes none.</param>
/// <param name="Lanes">The lanes it hosts, such as "0..3".</param>
public sealed record NodeReport(string Name, int ProcessId, string State, long? Step, string Lanes);

/// <summary>One update. A struct, because a step allocates nothing.</summary>
/// <param name="Version">Updates applied, this one included.</param>
/// <param name="TotalVersions">Updates planned.</param>
/// <param name="SamplesApplied">Samples in the updates applied so far.</param>
/// <param name="SamplesPlanned">Samples of the whole run.</param>
/// <param name="Loss">Loss of this update's samples.</param>
public readonly record struct StepReport(
    long Version,
    long TotalVersions,
    long SamplesApplied,
    long SamplesPlanned,
    double Loss);
