namespace DistNet.Numerics;

/// <summary>How C is divided into parts for the members of a team: by rows or by columns, at whole tiles, never by k.</summary>
internal readonly record struct GemmGrid(int Rows, int Columns, int RowStep, int ColumnStep)
{
    // Below this the caller is done before the others have come.
    private const long SmallestShared = 100_000;

    // A member that is held up should hold up less than half of its share.
    private const int PartsPerMember = 2;

    private int RowParts => (Rows + RowStep - 1) / RowStep;

    private int Parts => RowParts * ((Columns + ColumnStep - 1) / ColumnStep);

    /// <summary>The division with the shorter critical path; by columns when equal, because the right side is then packed once.</summary>
    public static GemmGrid Choose(int rows, int columns, int depth, GemmKernel kernel, int members)
    {
        if (members == 1 || (long)rows * columns * depth < SmallestShared)
        {
            return new GemmGrid(rows, columns, rows, columns);
        }

        var rowStep = Step(rows, kernel.TileRows, members);
        var columnStep = Step(columns, kernel.TileColumns, members);
        return Waste(rows, rowStep, members) < Waste(columns, columnStep, members)
            ? new GemmGrid(rows, columns, rowStep, columns)
            : new GemmGrid(rows, columns, rows, columnStep);
    }

    public GemmRegion Region(int part)
    {
        var row = part % RowParts * RowStep;
        var column = part / RowParts * ColumnStep;
        return new GemmRegion(row, Math.Min(RowStep, Rows - row), column, Math.Min(ColumnStep, Columns - column));
    }

    public void Run(TeamTask task, IComputeTeam team)
    {
        if (Parts == 1)
        {
            task.Execute(0, 0);
        }
        else
        {
            team.Run(task, Parts);
        }
    }

    private static int Step(int length, int tile, int members)
    {
        var tiles = (length + tile - 1) / tile;
        var parts = members * Math.Clamp(tiles / (2 * members), 1, PartsPerMember);
        return (tiles + parts - 1) / parts * tile;
    }

    /// <summary>Time of the busiest member against an even division.</summary>
    private static double Waste(int length, int step, int members)
    {
        var parts = (length + step - 1) / step;
        return (double)((parts + members - 1) / members) * step * members / length;
    }
}
