using DistNet.Protocol;

namespace DistNet.Actors;

/// <summary>Consecutive lanes, First up to End - 1.</summary>
public readonly record struct LaneRange(int First, int End)
{
    public int Count => End - First;

    public bool Contains(int lane) => lane >= First && lane < End;
}

/// <summary>Which worker hosts which lanes under a placement.</summary>
public static class PlacementLanes
{
    /// <summary>Lanes of the worker at <paramref name="position"/> in the placement; empty for a spare.</summary>
    public static LaneRange LanesAt(this in Placement placement, int position, int lanes)
    {
        var sharing = Math.Min(placement.Workers.Count, lanes);
        return position >= sharing
            ? default
            : new LaneRange((int)((long)position * lanes / sharing), (int)((long)(position + 1) * lanes / sharing));
    }

    /// <summary>Lanes of a worker; empty when it is not placed.</summary>
    public static LaneRange LanesOf(this in Placement placement, int worker, int lanes)
    {
        for (var i = 0; i < placement.Workers.Count; i++)
        {
            if (placement.Workers[i].Index == worker)
            {
                return placement.LanesAt(i, lanes);
            }
        }

        return default;
    }

    /// <summary>The worker that hosts a lane.</summary>
    /// <exception cref="InvalidOperationException">No worker is placed.</exception>
    public static WorkerLife HostOf(this in Placement placement, int lane, int lanes)
    {
        var sharing = Math.Min(placement.Workers.Count, lanes);
        if (sharing > 0)
        {
            // The last j with floor(jV/n) <= lane.
            return placement.Workers[(int)((((lane + 1L) * sharing) - 1) / lanes)];
        }

        throw new InvalidOperationException($"No worker hosts lane {lane}.");
    }

    /// <summary>True when this life of a worker is placed.</summary>
    public static bool Has(this in Placement placement, WorkerLife life)
    {
        for (var i = 0; i < placement.Workers.Count; i++)
        {
            if (placement.Workers[i] == life)
            {
                return true;
            }
        }

        return false;
    }
}
