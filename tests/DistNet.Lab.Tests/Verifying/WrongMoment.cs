using DistNet.Protocol;

namespace DistNet.Lab.Tests;

/// <summary>A sequencer that counts staleness when the version has already advanced: one too many for each unit.</summary>
internal sealed class WrongMoment(IActor sequencer) : IActor
{
    private Outbox? _inner;

    public void Handle(in Input input, Outbox outbox)
    {
        _inner ??= new Outbox(outbox.Owner, input.Number);
        sequencer.Handle(input, _inner);
        for (var i = 0; i < _inner.Count; i++)
        {
            switch (_inner[i].Body)
            {
                case Envelope<Progress> progress:
                    outbox.Send(progress.To, progress.Message with { StalenessSum = progress.Message.StalenessSum + progress.Message.Units });
                    break;
                case Envelope<Apply> apply:
                    outbox.Send(apply.To, apply.Message);
                    break;
                case Envelope<Mark> mark:
                    outbox.Send(mark.To, mark.Message);
                    break;
                case Envelope<Milestone> milestone:
                    outbox.Send(milestone.To, milestone.Message);
                    break;
            }
        }

        _inner.Clear();
    }
}
