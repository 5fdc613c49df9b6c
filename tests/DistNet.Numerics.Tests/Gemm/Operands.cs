namespace DistNet.Numerics.Tests;

internal static class Operands
{
    public static GuardedMatrix Normal(int rows, int columns, uint key)
    {
        var luck = Luck.Key(1, LuckPurpose.Generator, key);
        var matrix = new GuardedMatrix(rows, columns, columns);
        matrix.Fill((row, column) => luck.Normal((ulong)((row * columns) + column)));
        return matrix;
    }
}
