namespace DistNet.Protocol;

/// <summary>
/// Coordinator to server: make this record durable. A record takes effect only when every server has it, so that any one of them can give it
/// back to a coordinator that lost its own.
/// </summary>
public readonly record struct KeepRecord(CoordinatorRecord Record) : IMessage;

/// <summary>Server to coordinator: the record with this number is durable here.</summary>
public readonly record struct RecordKept(long Number) : IMessage;

/// <summary>
/// A partition's cut on its way: from its server to the coordinator, who keeps a copy, or back to a server that lost its own. It comes
/// in parts: the parameters, then each slot of the optimiser.
/// </summary>
/// <param name="Generation">Generation in force.</param>
/// <param name="Partition">Which partition.</param>
/// <param name="Log">What was applied up to the cut, and so its version.</param>
/// <param name="Part">0: parameters; 1 and on: slots.</param>
/// <param name="Parts">Parts in all.</param>
/// <param name="Values">[padded length of the partition]; shared, never written.</param>
public readonly record struct CutPart(long Generation, int Partition, ApplyLog Log, int Part, int Parts, TensorSlice Values) : IMessage
{
    static bool IMessage.CarriesTensor => true;

    TensorSlice IMessage.Tensor => Values;

    IMessage IMessage.WithTensor(TensorSlice tensor) => this with { Values = tensor };
}

/// <summary>Server to coordinator: the cut to go back to is not here any more; send the copy.</summary>
public readonly record struct FetchCut(long Generation, int Partition, long Version) : IMessage;

/// <summary>Coordinator to server, answer to <see cref="FetchCut"/>: there is no copy either.</summary>
public readonly record struct CutMissing(long Generation, int Partition, long Version) : IMessage;
