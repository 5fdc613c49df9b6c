namespace DistNet.Numerics;

/// <summary>A number as a type, so that the compiler makes a kernel of its own for each, with no branch inside.</summary>
internal interface ITileSize
{
    public static abstract int Value { get; }
}

internal readonly struct Size0 : ITileSize
{
    public static int Value => 0;
}

internal readonly struct Size1 : ITileSize
{
    public static int Value => 1;
}

internal readonly struct Size2 : ITileSize
{
    public static int Value => 2;
}

internal readonly struct Size3 : ITileSize
{
    public static int Value => 3;
}

internal readonly struct Size4 : ITileSize
{
    public static int Value => 4;
}

internal readonly struct Size5 : ITileSize
{
    public static int Value => 5;
}

internal readonly struct Size6 : ITileSize
{
    public static int Value => 6;
}

internal readonly struct Size7 : ITileSize
{
    public static int Value => 7;
}

internal readonly struct Size8 : ITileSize
{
    public static int Value => 8;
}

internal readonly struct Size9 : ITileSize
{
    public static int Value => 9;
}

internal readonly struct Size10 : ITileSize
{
    public static int Value => 10;
}

internal readonly struct Size11 : ITileSize
{
    public static int Value => 11;
}

internal readonly struct Size12 : ITileSize
{
    public static int Value => 12;
}

internal readonly struct Size16 : ITileSize
{
    public static int Value => 16;
}

internal readonly struct Size32 : ITileSize
{
    public static int Value => 32;
}
