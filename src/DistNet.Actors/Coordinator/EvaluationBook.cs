using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>
/// One evaluation of the test part in fixed chunks, so that its figures are the same bits whoever evaluates which chunk. Chunk c goes
/// to the worker that hosts lane c mod V.
/// </summary>
internal sealed class EvaluationBook(RunPlan plan)
{
    private readonly ChunkScore?[] _scores = new ChunkScore?[(plan.TestSamples + RunPlan.EvaluationChunkLength - 1) / RunPlan.EvaluationChunkLength];

    public long Version { get; private set; } = -1;

    public bool IsOpen { get; private set; }

    public double Loss { get; private set; }

    public double Accuracy { get; private set; }

    public void Open(long version, in Placement placement, long generation, Outbox outbox)
    {
        Version = version;
        IsOpen = true;
        Array.Clear(_scores);
        Ask(placement, generation, outbox);
    }

    /// <summary>What was evaluated, in part or whole, belongs to a state that is gone.</summary>
    public void Abandon()
    {
        IsOpen = false;
        Version = -1;
    }

    /// <summary>Asks for every chunk that is missing; again after a worker has gone.</summary>
    public void Ask(in Placement placement, long generation, Outbox outbox)
    {
        if (!IsOpen)
        {
            return;
        }

        for (var position = 0; position < placement.Workers.Count; position++)
        {
            var chunks = MissingAt(placement, position).ToArray();
            if (chunks.Length > 0)
            {
                outbox.Send(ActorId.Worker(placement.Workers[position].Index), new Evaluate(generation, Version, chunks));
            }
        }
    }

    /// <summary>Workers that have not handed in all their scores.</summary>
    public IEnumerable<ActorId> Missing(Placement placement) => Enumerable.Range(0, placement.Workers.Count)
        .Where(position => MissingAt(placement, position).Any())
        .Select(position => ActorId.Worker(placement.Workers[position].Index));

    /// <summary>True when this score completed the evaluation.</summary>
    public bool Add(in Evaluated evaluated)
    {
        if (!IsOpen || evaluated.Version != Version || _scores[evaluated.Chunk] is not null)
        {
            return false;
        }

        _scores[evaluated.Chunk] = evaluated.Score;
        if (Array.Exists(_scores, score => score is null))
        {
            return false;
        }

        Close();
        return true;
    }

    private IEnumerable<int> MissingAt(in Placement placement, int position)
    {
        var lanes = placement.LanesAt(position, plan.Lanes);
        return Enumerable.Range(0, _scores.Length).Where(chunk => _scores[chunk] is null && lanes.Contains(chunk % plan.Lanes));
    }

    private void Close()
    {
        IsOpen = false;
        var loss = 0.0;
        long correct = 0;
        foreach (var score in _scores)
        {
            loss += score!.Value.Loss;
            correct += score.Value.Correct;
        }

        Loss = loss / plan.TestSamples;
        Accuracy = correct / (double)plan.TestSamples;
    }
}
