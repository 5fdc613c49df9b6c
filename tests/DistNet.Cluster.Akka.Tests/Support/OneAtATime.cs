// Clusters that take the silent for dead within a second: two at a time would only be silent for each other's sake.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
