namespace DistNet.Protocol;

/// <summary>
/// A pure actor: everything it learns arrives as an <see cref="Input"/>, everything it wants leaves through the <see cref="Outbox"/>.
/// It opens nothing, waits for nothing, reads no clock and draws no unseeded luck; a host may run it on any thread, one input
/// at a time.
/// </summary>
public interface IActor
{
    public void Handle(in Input input, Outbox outbox);
}
