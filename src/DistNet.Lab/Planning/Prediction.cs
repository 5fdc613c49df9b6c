using System.Text.Json.Serialization;

namespace DistNet.Lab;

/// <summary>How a rule would do with so many workers.</summary>
/// <param name="Rule">The update rule.</param>
/// <param name="Workers">P.</param>
/// <param name="SecondsPerUpdate">Mean time of an update, from resampled service times.</param>
/// <param name="StandardError">Of that mean, by the resampling alone.</param>
/// <param name="ClosedForm">The same by the formula for the shifted exponential law that fits best; null where there is none.</param>
/// <param name="SamplesPerSecond">Samples applied.</param>
/// <param name="GradientsPerSecond">Gradients applied.</param>
/// <param name="MeanStaleness">In versions; null where workers move weights of their own.</param>
/// <param name="DroppedShare">Part of the gradients begun that is thrown away.</param>
public sealed record Prediction(
    string Rule,
    int Workers,
    double SecondsPerUpdate,
    double StandardError,
    double? ClosedForm,
    double SamplesPerSecond,
    double GradientsPerSecond,
    double? MeanStaleness,
    double DroppedShare)
{
    [JsonIgnore]
    public double UpdatesPerSecond => 1 / SecondsPerUpdate;
}
