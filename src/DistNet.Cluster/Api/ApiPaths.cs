namespace DistNet.Cluster;

/// <summary>What a node answers over HTTP. Health is for everybody; the rest needs the token, and most of it the coordinator's node.</summary>
internal static class ApiPaths
{
    /// <summary>The process serves.</summary>
    public const string Alive = "/alive";

    /// <summary>The node is part of its cluster.</summary>
    public const string Ready = "/ready";

    /// <summary>Both, in words.</summary>
    public const string Health = "/health";

    public const string Status = "/api/status";

    /// <summary>POST: begin a run.</summary>
    public const string Runs = "/api/runs";

    /// <summary>PUT: a file of a run folder to go on in.</summary>
    public const string Folder = "/api/folder";

    /// <summary>PUT: a file of weights that a run is to start from.</summary>
    public const string Initial = "/api/initial";

    /// <summary>The latest run's feed, one JSON object a line.</summary>
    public const string Feed = "/api/run/feed";

    /// <summary>POST: end the run in progress.</summary>
    public const string Stop = "/api/run/stop";

    /// <summary>Names of the files in the latest run's folder.</summary>
    public const string Files = "/api/run/files";

    /// <summary>One of them.</summary>
    public const string File = "/api/run/file";

    /// <summary>The data of the run in progress.</summary>
    public const string Data = "/api/run/data";

    /// <summary>A server's node: the weights that the run here started from.</summary>
    public const string RunInitial = "/api/run/initial";

    /// <summary>This node's log.</summary>
    public const string Log = "/api/log";

    /// <summary>Another node's.</summary>
    public const string NodeLog = "/api/nodes/{name}/log";

    /// <summary>A file of the latest run's folder.</summary>
    public static string FileOf(string path) => $"{File}?path={Uri.EscapeDataString(path)}";

    public static string FolderFileOf(string run, string file) => $"{Folder}?run={Uri.EscapeDataString(run)}&path={Uri.EscapeDataString(file)}";

    public static string InitialOf(string sha256) => $"{Initial}?sha256={Uri.EscapeDataString(sha256)}";

    public static string NodeLogOf(string node) => $"/api/nodes/{Uri.EscapeDataString(node)}/log";
}
