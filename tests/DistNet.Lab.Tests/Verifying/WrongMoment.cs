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
            if (_inner[i].Body is Envelope<Progress> progress)
            {
                outbox.Send(progress.To, progress.Message with { StalenessSum = progress.Message.StalenessSum + progress.Message.Units });
            }
            else
            {
                outbox.Pass(_inner[i]);
            }
        }

        _inner.Clear();
    }
}
