using DistNet.Hosting;

namespace DistNet;

/// <summary>What a network is trained and tested on.</summary>
/// <param name="Train">Trained on.</param>
/// <param name="Test">
/// Tested on, of the same features and, by name, of no other classes; null: <see cref="TrainingOptions.TestFraction"/> of
/// <paramref name="Train"/> is held back, drawn by <see cref="TrainingOptions.Seed"/>.
/// </param>
public sealed record TrainingData(Samples Train, Samples? Test = null)
{
    /// <summary>Samples of which a part is held back for testing.</summary>
    public static implicit operator TrainingData(Samples train) => new(train);

    /// <summary>The samples that <see cref="TrainingOptions.Data"/> names, split as a run with these options splits them; unscaled.</summary>
    /// <exception cref="UsageException">There are none, or they cannot be read.</exception>
    public static TrainingData Read(TrainingOptions options)
    {
        var (train, test) = DataLoader.LoadUnscaled(TrainingOptionsValidator.Checked(options));
        return new TrainingData(new Samples(train), test is null ? null : new Samples(test));
    }

    internal SessionParts Parts() => new() { Samples = Train.Data, TestSamples = Test?.Under(Train).Data };
}
