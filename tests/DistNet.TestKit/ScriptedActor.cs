using DistNet.Protocol;

namespace DistNet.TestKit;

/// <summary>An actor that does what a test says.</summary>
public sealed class ScriptedActor(Action<Input, Outbox> handle) : IActor
{
    public void Handle(in Input input, Outbox outbox) => handle(input, outbox);
}
