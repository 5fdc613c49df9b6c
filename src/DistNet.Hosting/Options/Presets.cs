using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>The systems the project came from.</summary>
public static class Presets
{
    private const string CatsFolder =
        "the cat pictures: --data idx:DIR, where DIR holds train-images-idx4-ubyte.gz and test-images-idx4-ubyte.gz (64x64x3, gzip or not) with train-labels-idx1-ubyte.gz and test-labels-idx1-ubyte.gz; for example --data idx:../shared/data/cats";

    private const string PicturesFolder =
        "28x28 pictures such as Fashion-MNIST or MNIST: --data idx:DIR, where DIR holds train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz (gzip or not); for example --data idx:../shared/data/fashion-mnist";

    public static readonly IReadOnlyList<Preset> All =
    [
        new("xor-table", "Exclusive or as a table: 3-4-1 sigmoid units without bias, sum of squared errors", XorTable),
        new("perceptron-multiclass", "One linear layer on the diagonal band: the band, the largest class, is hardly ever predicted", Diagonal with
        {
            Samples = 5000, Hidden = [], NoBias = true, Loss = LossKind.SquaredError, Init = InitializerKind.Zeros, LearningRate = 0.1f, Epochs = 300,
        }),
        new("relu-euclid", "The diagonal band with one hidden ReLU layer and squared error", Diagonal with { Loss = LossKind.SquaredError, LearningRate = 0.1f }),
        new("relu-softmax", "The diagonal band with one hidden ReLU layer, softmax and cross-entropy", Diagonal with { LearningRate = 1 }),
        new("logistic-cats", "Logistic regression on cat pictures", Cats with { Hidden = [], Init = InitializerKind.Zeros, LearningRate = 0.005f, Epochs = 2000 }, CatsFolder),
        new("shallow-cats", "One hidden layer of 7 on cat pictures", Cats with { Hidden = [7], Init = InitializerKind.Normal }, CatsFolder),
        new("deep-cats", "Hidden layers of 20, 7 and 5 on cat pictures", Cats with { Hidden = [20, 7, 5], Init = InitializerKind.LeCun }, CatsFolder),
        new("softmax-28x28", "Multinomial logistic regression on 28x28 pictures: 7850 parameters", Pictures with { Hidden = [], Init = InitializerKind.Zeros, Schedule = ScheduleKind.Cosine }, PicturesFolder),
        new("relu-28x28", "28x28 pictures, one hidden layer of 1024 ReLU units", Pictures with { Hidden = [1024], LearningRate = 0.4f, Schedule = ScheduleKind.Cosine, Epochs = 6 }, PicturesFolder),
        new("cancer-deep", "Breast cancer, 30-20-10-5-1", CancerDeep),
    ];

    private static TrainingOptions XorTable => new()
    {
        Data = "xor-table",
        TestFraction = 0,
        Scale = ScalingKind.None,
        Hidden = [4],
        Activation = Activation.Sigmoid,
        OutputActivation = Activation.Sigmoid,
        Loss = LossKind.SquaredError,
        Reduction = Reduction.Sum,
        Init = InitializerKind.Uniform,
        NoBias = true,
        Optimizer = OptimizerKind.Sgd,

        // Half the sum of squares is minimised, so this is rate 1 on the sum itself.
        LearningRate = 2,
        Batch = TrainingOptions.FullBatch,
        Epochs = 1500,
        EvalEvery = 100,
    };

    private static TrainingOptions Diagonal => new()
    {
        Data = "diagonal",
        Samples = 750,
        Scale = ScalingKind.None,
        Hidden = [24],
        Optimizer = OptimizerKind.Sgd,
        Batch = TrainingOptions.FullBatch,
        Epochs = 2000,
        EvalEvery = 100,
    };

    private static TrainingOptions Cats => new()
    {
        Data = "",
        Loss = LossKind.SigmoidCrossEntropy,
        Optimizer = OptimizerKind.Sgd,
        LearningRate = 0.0075f,
        Batch = TrainingOptions.FullBatch,
        Epochs = 2500,
        EvalEvery = 100,
    };

    private static TrainingOptions Pictures => new()
    {
        Data = "",
        Optimizer = OptimizerKind.Sgd,
        LearningRate = 0.1f,
        Batch = 64,
        Epochs = 10,
    };

    private static TrainingOptions CancerDeep => new()
    {
        Data = "breast-cancer",
        Scale = ScalingKind.Standard,
        Hidden = [20, 10, 5],
        Loss = LossKind.SigmoidCrossEntropy,
        Optimizer = OptimizerKind.Sgd,
        LearningRate = 0.05f,
        Batch = 32,
        Epochs = 60,
    };

    /// <summary>The settings of the preset of that name. Throws <see cref="UsageException"/>, with the names there are, where there is none.</summary>
    public static TrainingOptions OptionsOf(string name) => Find(name, out var problem)?.Options ?? throw new UsageException(problem);

    /// <summary>The preset of that name; null, with one line in <paramref name="problem"/>, where there is none.</summary>
    public static Preset? Find(string name, out string problem)
    {
        var names = All.Select(preset => preset.Name).ToArray();
        var found = All.FirstOrDefault(preset => preset.Name == name);
        problem = found is null ? $"--preset: '{name}' is none of {string.Join(", ", names)}{NameHint.For(name, names)}" : "";
        return found is null ? null : found with { Options = found.Options with { Preset = name } };
    }
}
