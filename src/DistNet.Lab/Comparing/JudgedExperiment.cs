using DistNet.Hosting;

namespace DistNet.Lab;

/// <summary>Runs of an experiment, each told as its line in a comparison: one that diverges or fails is a line like any other.</summary>
/// <param name="experiment">Carries out a run.</param>
/// <param name="targetLoss">The train loss whose first time is looked for; null: none.</param>
internal sealed class JudgedExperiment(IExperiment experiment, double? targetLoss)
{
    private readonly RunJudgement _judgement = new(targetLoss, experiment.Verb);

    /// <param name="rule">What the line is called.</param>
    /// <param name="run">With a folder.</param>
    /// <param name="stop">Ends the run soon, in good order.</param>
    public async Task<ComparedRun> RunAsync(string rule, TrainingOptions run, CancellationToken stop)
    {
        var recorder = new RunRecorder();
        try
        {
            var result = await experiment.RunAsync(run, recorder, stop).ConfigureAwait(false);
            return _judgement.Of(rule, run, recorder, result);
        }
        catch (TrainingFailedException failure)
        {
            return _judgement.Of(rule, run, recorder, failure);
        }
    }
}
