namespace DistNet.Lab.Tests;

/// <summary>The shipped studies, at sizes that take a second or two.</summary>
internal static class SmallStudies
{
    public static readonly StragglerStudy Stragglers = new()
    {
        Machines = 20,
        Judged = 2,
        Spare = [0, 2, 8],
        Added = [0, 2],
        Updates = 400,
        Seeds = 2,
        TargetShare = 0.01,
        DigitsEpochs = 0,
    };

    public static readonly LearningRateStudy LearningRate = new() { Gradients = 10_000, Seeds = 1, DigitsGradients = 0 };

    public static readonly JitterStudy Jitter = new() { Clocks = 1500, Slacks = [0, 2] };

    public static readonly MomentumStudy Momentum = new()
    {
        Regressions = [(4, 0.3, 20_000)],
        Workers = [1, 16],
        Momenta = [0, 0.9],
        DigitsUpdates = 250,
        DigitsSeeds = 1,
    };

    public static readonly LocalStudy Local = new() { Steps = [1, 64], Epochs = 15, Seeds = 1 };

    public static async Task<StudyReport> RunAsync(Study study, ulong seed = 1)
    {
        using var folder = new TemporaryFolder();
        var options = new StudyOptions { Study = study, Seed = seed, Folder = folder.File("study") };
        return await new StudyRunner(options, static _ => { }).RunAsync(default);
    }
}
