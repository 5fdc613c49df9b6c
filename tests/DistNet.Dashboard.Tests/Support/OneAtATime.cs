// Pages are timed against deadlines of seconds while real clusters run; two at a time would only hold each other up.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
