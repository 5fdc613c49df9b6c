using System.Collections.Frozen;
using DistNet.Protocol;

namespace DistNet.Wire;

/// <summary>The messages that travel, by their names in the contract.</summary>
public static class WireMessages
{
    private static readonly FrozenDictionary<Type, BodyCodec> ByEnvelope =
        MessageCodec.CreateBodies().ToFrozenDictionary(codec => codec.EnvelopeType);

    /// <summary>Those that have a tensor.</summary>
    public static FrozenSet<string> WithTensor { get; } =
        ByEnvelope.Values.Where(codec => codec.CarriesTensor).Select(codec => codec.Name).ToFrozenSet();

    /// <summary>All others.</summary>
    public static FrozenSet<string> WithoutTensor { get; } =
        ByEnvelope.Values.Where(codec => !codec.CarriesTensor).Select(codec => codec.Name).ToFrozenSet();

    /// <summary>The message's name; null: it does not travel.</summary>
    public static string? NameOf(Envelope envelope) => ByEnvelope.GetValueOrDefault(envelope.GetType())?.Name;
}
