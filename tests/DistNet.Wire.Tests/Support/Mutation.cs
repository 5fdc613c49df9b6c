namespace DistNet.Wire.Tests;

/// <summary>Damages valid frames in the ways that bytes come to harm, and in ways that somebody would try.</summary>
internal sealed class Mutation(Random random, byte[][] frames)
{
    /// <summary>A few frames, one after the other, one of them damaged.</summary>
    public byte[] Next()
    {
        var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Any()).ToArray();
        ref var victim = ref parts[random.Next(parts.Length)];
        victim = random.Next(3) switch
        {
            0 => Poked(victim),
            1 => Repaired(Damaged(victim)),
            _ => Damaged(victim),
        };
        return [.. parts.SelectMany(part => part)];
    }

    private byte[] Damaged(byte[] bytes)
    {
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            bytes = Damage(bytes);
        }

        return bytes;
    }

    /// <summary>Another value in the header, where as a rule the shape stays right and the value is wrong.</summary>
    private byte[] Poked(byte[] bytes)
    {
        var header = (int)BitConverter.ToUInt32(bytes, sizeof(uint));
        var poked = Overwrite(bytes[Prologue.Size..(Prologue.Size + header)]);
        var payload = PayloadOf(bytes, header);
        return IsPlaced(bytes) ? Frames.Around(poked, random.Next(2) == 0 ? Overwrite(payload) : payload, isPlaced: true) : Frames.Around(poked, payload);
    }

    private byte[] Any() => frames[random.Next(frames.Length)];

    private byte[] Damage(byte[] bytes)
    {
        var (from, to) = Range(bytes.Length);
        return random.Next(7) switch
        {
            0 => Flip(bytes),
            1 => Overwrite(bytes),
            2 => [.. bytes[..from], .. Noise(), .. bytes[from..]],
            3 => [.. bytes[..from], .. bytes[to..]],
            4 => [.. bytes[..to], .. bytes[from..]],
            5 => bytes[..from],
            _ => Splice(bytes[..from], Any()),
        };
    }

    /// <summary>
    /// Most damage is caught by magic, lengths or checksum. With a right prologue around it, it gets as far as whoever looks at the header:
    /// all that is left, or as much as was told, or as chance has it.
    /// </summary>
    private byte[] Repaired(byte[] bytes)
    {
        if (bytes.Length < Prologue.Size)
        {
            return bytes;
        }

        var rest = bytes.AsSpan(Prologue.Size);
        var header = random.Next(5) switch
        {
            0 => random.Next(rest.Length + 1),
            1 or 2 => (int)Math.Min(BitConverter.ToUInt32(bytes, sizeof(uint)), (uint)rest.Length),
            _ => rest.Length,
        };
        var floats = Math.Max(0, rest.Length - header - Prologue.PayloadSumSize) / sizeof(float);
        return Frames.Around(rest[..header], rest.Slice(header, floats * sizeof(float)), IsPlaced(bytes));
    }

    private static byte[] PayloadOf(byte[] frame, int header)
    {
        var rest = frame[(Prologue.Size + header)..];
        return rest.Length == 0 ? rest : rest[..^Prologue.PayloadSumSize];
    }

    private static bool IsPlaced(byte[] bytes) => bytes[2] == 'P';

    private byte[] Flip(byte[] bytes)
    {
        bytes = [.. bytes];
        if (bytes.Length > 0)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        return bytes;
    }

    private byte[] Overwrite(byte[] bytes)
    {
        bytes = [.. bytes];
        if (bytes.Length > 0)
        {
            bytes[random.Next(bytes.Length)] = random.Next(3) switch { 0 => 0xFF, 1 => 0x00, _ => (byte)random.Next(256) };
        }

        return bytes;
    }

    private byte[] Splice(byte[] head, byte[] other) => [.. head, .. other[random.Next(other.Length)..]];

    private byte[] Noise()
    {
        var bytes = new byte[random.Next(1, 12)];
        random.NextBytes(bytes);
        return bytes;
    }

    private (int From, int To) Range(int length)
    {
        var from = random.Next(length + 1);
        return (from, Math.Min(length, from + random.Next(1, 20)));
    }
}
