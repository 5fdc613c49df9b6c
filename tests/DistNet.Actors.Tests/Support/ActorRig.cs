using DistNet.Protocol;

namespace DistNet.Actors.Tests;

/// <summary>One actor alone, told its story input by input. What it wants done in a turn can be read until the next turn.</summary>
internal sealed class ActorRig
{
    private readonly IActor _actor;
    private readonly Outbox _outbox;

    public ActorRig(ActorId id, Func<TensorPool, IActor> create, DurableItem? record = null)
    {
        _actor = create(Pool);
        _outbox = new Outbox(id, 1);
        Turn(Input.Started(Now, 1, record));
    }

    public TensorPool Pool { get; } = new(recycle: false);

    public TimeSpan Now { get; set; }

    public IEnumerable<Effect> Effects => Enumerable.Range(0, _outbox.Count).Select(i => _outbox[i]);

    public void Tell<T>(ActorId from, T message)
        where T : struct, IMessage => Turn(Input.Message(Now, Envelope<T>.Rent(from, 1, _outbox.Owner, message)));

    public void Turn(Input input)
    {
        Settle();
        _actor.Handle(input, _outbox);
    }

    /// <summary>For a coordinator: its servers join and go back to the start, and the run begins.</summary>
    public void OpenGeneration(long generation, int servers)
    {
        for (var i = 0; i < servers; i++)
        {
            Tell(ActorId.Server(i), new Join(1));
        }

        Turn(Input.Stored(Now, DurableKey.Record, Only<CoordinatorRecord>(EffectKind.Store)));
        for (var i = 0; i < servers; i++)
        {
            Tell(ActorId.Server(i), new Rewound(generation, i, Ok: true, 0));
        }
    }

    /// <summary>Messages of one kind that the last turn sent, with their receivers.</summary>
    public IReadOnlyList<(ActorId To, T Message)> Sent<T>()
        where T : struct, IMessage => [.. Bodies<T>(EffectKind.Send).Select(envelope => (envelope.To, envelope.Message))];

    public IReadOnlyList<T> Observed<T>()
        where T : struct, IMessage => [.. Bodies<T>(EffectKind.Observe).Select(envelope => envelope.Message)];

    public bool Does(EffectKind kind) => Effects.Any(effect => effect.Kind == kind);

    /// <summary>What the last turn wanted stored or started.</summary>
    public T Only<T>(EffectKind kind) => Effects.Where(effect => effect.Kind == kind).Select(effect => effect.Body).OfType<T>().Single();

    /// <summary>The messages of the last turn have been delivered: their tensors are let go.</summary>
    public void Settle()
    {
        foreach (var effect in Effects.Where(effect => effect.Kind is EffectKind.Send))
        {
            ((Envelope)effect.Body!).Tensor.Release();
        }

        _outbox.Clear();
    }

    private IEnumerable<Envelope<T>> Bodies<T>(EffectKind kind)
        where T : struct, IMessage => Effects.Where(effect => effect.Kind == kind).Select(effect => effect.Body).OfType<Envelope<T>>();
}
