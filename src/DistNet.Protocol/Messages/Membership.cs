namespace DistNet.Protocol;

/// <summary>Worker or server to coordinator: here I am, in this life.</summary>
/// <param name="Incarnation">The life.</param>
/// <param name="Generation">The highest generation it has seen: a coordinator that lost everything opens a higher one.</param>
/// <param name="Record">The record that a server keeps for the coordinator; null: none.</param>
public readonly record struct Join(long Incarnation, long Generation = 0, CoordinatorRecord? Record = null) : IMessage;

/// <summary>One life of a worker.</summary>
public readonly record struct WorkerLife(int Index, long Incarnation);

/// <summary>
/// Coordinator to all: the workers that share the lanes, in order. Worker j of n hosts lanes floor(jV/n) up to floor((j+1)V/n) - 1.
/// Of two placements of a generation the one with the higher number holds.
/// </summary>
public readonly record struct Placement(long Generation, long Number, IReadOnlyList<WorkerLife> Workers) : IMessage;

/// <summary>
/// Coordinator to sequencer and servers: a new generation begins; forget what came after this version and go on from it.
/// Version 0 is the initial parameters, which every server can make.
/// </summary>
public readonly record struct Rewind(long Generation, CompleteCut Cut) : IMessage;

/// <summary>
/// Answer to <see cref="Rewind"/>. Not ok: the cut is missing, torn or altered. <see cref="SamplesBefore"/> is what the life of this
/// server had applied before it went back.
/// </summary>
public readonly record struct Rewound(long Generation, int Partition, bool Ok, long SamplesBefore) : IMessage;

/// <summary>From outside to the coordinator: come to an end soon, with a cut that a later run goes on from.</summary>
public readonly record struct EndEarly : IMessage;

/// <summary>
/// Coordinator to all: the run is over; let go of every tensor. A server does so when it has this version: the sequencer's word may still be on its way.
/// </summary>
public readonly record struct Stop(long Generation, long Version = 0) : IMessage;

/// <summary>Server to coordinator, answer to <see cref="Stop"/>: the final partition. Tensor: its parameters.</summary>
public readonly record struct Final(long Generation, int Partition, ApplyLog Log, TensorSlice Parameters) : IMessage
{
    static bool IMessage.CarriesTensor => true;

    TensorSlice IMessage.Tensor => Parameters;

    IMessage IMessage.WithTensor(TensorSlice tensor) => this with { Parameters = tensor };
}
