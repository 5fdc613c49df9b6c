namespace DistNet.Numerics;

/// <summary>A rectangle of C.</summary>
internal readonly record struct GemmRegion(int Row, int Rows, int Column, int Columns)
{
    public unsafe Matrix Of(Matrix c) => new(c.Pointer + ((nint)Row * c.Stride) + Column, Rows, Columns, c.Stride);
}
