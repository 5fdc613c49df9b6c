using System.Text.Json;

namespace DistNet.Hosting;

/// <summary>What a checkpoint does on data.</summary>
/// <param name="Run">Path of the run folder.</param>
/// <param name="Version">Updates in the checkpoint.</param>
/// <param name="Data">The data, as named by <c>--data</c>.</param>
/// <param name="Samples">Samples evaluated.</param>
/// <param name="Loss">Mean loss of a sample, whatever the run's reduction.</param>
/// <param name="Accuracy">Part classified rightly, 0 to 1.</param>
public sealed record EvaluationResult(string Run, long Version, string Data, int Samples, double Loss, double Accuracy)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}

/// <summary>Predictions for the samples of a file, in their order.</summary>
/// <param name="ClassNames">One name for each class.</param>
/// <param name="Rows">One for each sample.</param>
public sealed record PredictionTable(IReadOnlyList<string> ClassNames, IReadOnlyList<Prediction> Rows);

/// <summary>One sample's prediction.</summary>
/// <param name="Class">Index of the predicted class.</param>
/// <param name="Probabilities">One for each class; under squared error the raw outputs, which are no probabilities.</param>
public sealed record Prediction(int Class, IReadOnlyList<float> Probabilities);
