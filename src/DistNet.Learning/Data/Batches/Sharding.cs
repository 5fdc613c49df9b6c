namespace DistNet.Learning;

/// <summary>Which samples a lane's rows are.</summary>
public enum Sharding
{
    /// <summary>Any: all lanes draw from one shuffled order, so that their data are independent and alike.</summary>
    Iid,

    /// <summary>Lane i has the i-th part of the samples sorted by label, in every epoch: lanes know different classes.</summary>
    ByLabel,
}
