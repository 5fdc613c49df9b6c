namespace DistNet.Numerics;

/// <summary>Set by one thread to ask a computation on another to stop at the next layer.</summary>
public sealed class CancelFlag
{
    private volatile bool _isSet;

    public bool IsSet => _isSet;

    public void Set() => _isSet = true;

    public void Clear() => _isSet = false;
}
