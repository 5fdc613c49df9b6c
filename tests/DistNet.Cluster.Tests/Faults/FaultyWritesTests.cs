using System.IO.Pipelines;
using DistNet.Protocol;
using DistNet.Wire;

namespace DistNet.Cluster.Tests;

public sealed class FaultyWritesTests
{
    private const int Sent = 3;

    [Fact]
    public async Task Frames_pass_in_order_however_they_are_held_up() =>
        (await ReceivedAsync(FrameFate.Untouched with { By = TimeSpan.FromMilliseconds(50) }, FrameFate.Untouched)).ShouldBe("0 1 2");

    [Fact]
    public async Task A_repeated_frame_comes_twice() =>
        (await ReceivedAsync(FrameFate.Untouched, FrameFate.Untouched with { IsRepeated = true })).ShouldBe("0 1 1");

    [Fact]
    public async Task A_dropped_frame_ends_the_connection() =>
        (await ReceivedAsync(FrameFate.Untouched, FrameFate.Untouched with { IsDropped = true })).ShouldBe("0 end");

    [Fact]
    public async Task A_damaged_frame_is_refused() =>
        (await ReceivedAsync(FrameFate.Untouched, FrameFate.Untouched with { DamagedByte = 20 })).ShouldStartWith("0 refused: A header's CRC-32C is ");

    /// <summary>What a reader makes of frames 0, 1 and 2, the first two of which meet those fates: at most so many frames, or how it ended.</summary>
    private static async Task<string> ReceivedAsync(FrameFate first, FrameFate second)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var pipe = new Pipe();
        var fates = new Queue<FrameFate>([first, second, FrameFate.Untouched]);
        using var writes = new FaultyWrites(pipe.Writer.AsStream(), "test", _ => fates.Dequeue()).Started();
        var writer = new FrameWriter(writes);
        for (var number = 0; number < Sent; number++)
        {
            await writer.AddAsync(Envelope<Beat>.Rent(ActorId.Coordinator, 1, default, new Beat(number, IsAnswer: false)), deadline.Token);
        }

        await writer.FlushAsync(deadline.Token);
        return await ReadAsync(new FrameReader(pipe.Reader.AsStream(), new TensorPool(), FrameLimits.Default), deadline.Token);
    }

    private static async Task<string> ReadAsync(FrameReader reader, CancellationToken deadline)
    {
        var heard = new List<string>();
        try
        {
            while (heard.Count < Sent)
            {
                heard.Add(await reader.ReadAsync(deadline) is Envelope<Beat> beat ? $"{beat.Message.Number}" : "end");
                if (heard[^1] == "end")
                {
                    break;
                }
            }
        }
        catch (WireException e)
        {
            heard.Add($"refused: {e.Message}");
        }

        return string.Join(' ', heard);
    }
}
