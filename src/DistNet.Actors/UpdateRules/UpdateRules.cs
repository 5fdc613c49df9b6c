namespace DistNet.Actors;

/// <summary>The names of the update rules, in one place.</summary>
public static class UpdateRules
{
    /// <summary>The rule of a name; sync and async are other names of bsp and asp. Null when there is none.</summary>
    public static UpdateRule? Find(string name) => name switch
    {
        "bsp" or "sync" => new BulkSynchronousRule(),
        "asp" or "async" => new AsynchronousRule(),
        _ => null,
    };
}
