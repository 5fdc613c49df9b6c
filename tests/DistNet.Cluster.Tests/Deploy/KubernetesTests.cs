namespace DistNet.Cluster.Tests;

/// <summary>deploy/kubernetes, rendered for each control plane; no cluster is needed for that.</summary>
public sealed class KubernetesTests
{
    private const string Plane = "DISTNET_CONTROL";
    private const string SomeAddress = "10.1.2.3";

    private static readonly string[] Probes = ["startupProbe", "livenessProbe", "readinessProbe"];

    public static TheoryData<string> Planes => ["builtin", "akka"];

    [SkippableFact]
    public void One_variable_chooses_the_plane_and_with_it_how_many_can_be_the_coordinators()
    {
        var (builtin, akka) = (Overlay.Render("builtin"), Overlay.Render("akka"));

        Without(akka, builtin).ShouldBe([$"{Plane}: akka", "replicas: 3", "- --join", "- coordinator-0.coordinators:7070,coordinator-1.coordinators:7070,coordinator-2.coordinators:7070"], ignoreOrder: true);
        Without(builtin, akka).ShouldBe([$"{Plane}: builtin", "replicas: 1"], ignoreOrder: true);
        (builtin["coordinator"].Replicas, akka["coordinator"].Replicas).ShouldBe((1, 3));
        foreach (var (overlay, plane) in new[] { (builtin, "builtin"), (akka, "akka") })
        {
            var settings = overlay.OfKind("ConfigMap").Single();
            settings.Text("data", Plane).ShouldBe(plane);
            overlay.Workloads.ShouldAllBe(workload => workload.Container.List("envFrom").Single().Text("configMapRef", "name") == settings.Name);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Planes))]
    public void Commands_are_such_as_the_program_understands(string plane)
    {
        var overlay = Overlay.Render(plane);
        foreach (var workload in overlay.Workloads)
        {
            ParsedCommand.ProblemsOf(workload.CommandOf(SomeAddress, 1), plane).ShouldBeEmpty(workload.Name);
            workload.ValuesOf("--role").ShouldBe([workload.Name]);
            workload.ValuesOf("--advertise").ShouldBe(["$(POD_IP)"]);
        }

        string.Join(' ', overlay["server"].CommandOf(SomeAddress, 1)).ShouldContain(" --index 1 ");
    }

    [SkippableTheory]
    [MemberData(nameof(Planes))]
    public void Nodes_join_by_names_that_there_are(string plane)
    {
        var overlay = Overlay.Render(plane);
        var names = overlay.OfKind("Service").Select(service => service.Name).Concat(overlay.Workloads.SelectMany(PodNames)).ToList();

        var joined = overlay.Workloads.ToDictionary(workload => workload.Name, workload => workload.ValuesOf("--join").ToList());
        joined.Values.SelectMany(addresses => addresses).ShouldAllBe(address => names.Contains(address.Replace(":7070", "", StringComparison.Ordinal)));
        joined["server"].ShouldBe(["coordinators:7070"]);
        joined["worker"].ShouldBe(["coordinators:7070"]);
        joined["coordinator"].Count.ShouldBe(plane == "akka" ? 3 : 0);
    }

    [SkippableTheory]
    [MemberData(nameof(Planes))]
    public void Selectors_find_the_pods_of_one_workload_and_services_their_ports(string plane)
    {
        var overlay = Overlay.Render(plane);

        overlay.Workloads.Select(workload => (workload.Name, Found(workload.Spec.Map("selector", "matchLabels")))).ShouldAllBe(found => found.Item2 == found.Name);
        overlay.OfKind("Service").Select(service => Found(service.Map("spec", "selector"))).ShouldBe(["coordinator", "server"], ignoreOrder: true);
        foreach (var workload in overlay.Workloads.Where(workload => workload.Name != "worker"))
        {
            workload.Pod.List("topologySpreadConstraints").Select(spread => Found(spread.Map("labelSelector", "matchLabels"))).ShouldBe([workload.Name]);
            var service = overlay.OfKind("Service").Single(service => service.Name == workload.Spec.Text("serviceName"));
            Found(service.Map("spec", "selector")).ShouldBe(workload.Name);
            service.Text("spec", "clusterIP").ShouldBe("None");
            service.List("spec", "ports").Select(port => (port.Text("targetPort"), port.Text("port"))).ShouldBe(PortsOf(workload));
        }

        string Found(IReadOnlyDictionary<string, string> selector) => overlay.Workloads.Single(workload => Manifest.Selects(selector, workload.Labels)).Name;
    }

    [SkippableTheory]
    [MemberData(nameof(Planes))]
    public void No_disruption_takes_all_nodes_of_a_role_that_has_several(string plane)
    {
        var overlay = Overlay.Render(plane);
        var budgets = overlay.OfKind("PodDisruptionBudget").ToList();

        foreach (var workload in overlay.Workloads)
        {
            var most = budgets.Single(budget => Manifest.Selects(budget.Map("spec", "selector", "matchLabels"), workload.Labels)).Text("spec", "maxUnavailable");
            most.ShouldBe(workload.Name == "worker" ? "50%" : "1");
        }

        budgets.Count.ShouldBe(overlay.Workloads.Count);
    }

    [SkippableTheory]
    [MemberData(nameof(Planes))]
    public void Pods_may_do_no_more_than_they_need(string plane)
    {
        var user = ImageFile.Read().User;
        foreach (var workload in Overlay.Render(plane).Workloads)
        {
            var (pod, container) = (workload.Pod, workload.Container);
            pod.Text("securityContext", "runAsNonRoot").ShouldBe("true");
            new[] { "runAsUser", "runAsGroup", "fsGroup" }.ShouldAllBe(id => pod.Text("securityContext", id) == user);
            pod.Text("securityContext", "seccompProfile", "type").ShouldBe("RuntimeDefault");
            (pod.Text("automountServiceAccountToken"), pod.Text("enableServiceLinks")).ShouldBe(("false", "false"));
            (container.Text("securityContext", "readOnlyRootFilesystem"), container.Text("securityContext", "allowPrivilegeEscalation")).ShouldBe(("true", "false"));
            container.Texts("securityContext", "capabilities", "drop").ShouldBe(["ALL"]);
            new[] { "limits", "requests" }.ShouldAllBe(kind => container.Has("resources", kind, "cpu") && container.Has("resources", kind, "memory"));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Planes))]
    public void Nodes_write_to_volumes_that_there_are_and_those_of_servers_and_coordinators_outlive_pods(string plane)
    {
        foreach (var workload in Overlay.Render(plane).Workloads)
        {
            var mounts = workload.Container.List("volumeMounts");
            mounts.Select(mount => mount.Text("name")).ShouldBe(workload.Volumes, ignoreOrder: true);
            mounts.Where(mount => mount.Text("readOnly") != "true").Select(mount => mount.Text("mountPath")).ShouldBe(["/state", "/tmp"], ignoreOrder: true);
            workload.ValuesOf("--dir").Single().ShouldStartWith("/state/");
            workload.ValuesOf("--data-root").ShouldAllBe(root => mounts.Any(mount => mount.Text("mountPath") == root));
            workload.Spec.List("volumeClaimTemplates").Select(claim => claim.Name).ShouldBe(workload.Name == "worker" ? [] : ["state"]);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Planes))]
    public void Probes_ask_for_what_a_node_answers_and_a_pod_has_time_to_leave(string plane)
    {
        foreach (var workload in Overlay.Render(plane).Workloads)
        {
            var probes = Probes.Select(name => workload.Container.At(name, "httpGet")).ToList();
            probes.Select(probe => probe.Text("path")).ShouldBe([ApiPaths.Alive, ApiPaths.Alive, ApiPaths.Ready]);
            probes.ShouldAllBe(probe => probe.Text("port") == "node");
            workload.ValuesOf("--listen").ShouldBe(["0.0.0.0:7070"]);
            PortsOf(workload).ShouldBe([("node", "7070"), ("akka", "7071")]);
            workload.Pod.Text("terminationGracePeriodSeconds").ShouldBe("30");
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Planes))]
    public void The_token_comes_from_the_secret_that_the_page_tells_to_make(string plane)
    {
        var overlay = Overlay.Render(plane);
        overlay.OfKind("Secret").ShouldBeEmpty();
        foreach (var workload in overlay.Workloads)
        {
            var token = workload.Container.List("env").Single(variable => variable.Text("name") == JoinToken.Variable).At("valueFrom", "secretKeyRef");
            File.ReadAllText(Repository.PathOf("docs/machines.md")).ShouldContain($"kubectl create secret generic {token.Text("name")} --from-literal={token.Text("key")}=");
        }
    }

    /// <summary>Lines that one has, or has more of, and the other has not, but for the name of the settings, which ends with their hash.</summary>
    private static IEnumerable<string> Without(Overlay one, Overlay other) => one.Lines.GroupBy(line => line)
        .SelectMany(same => same.Skip(other.Lines.Count(line => line == same.Key)))
        .Select(line => line.Trim())
        .Where(line => !line.StartsWith("name: distnet-", StringComparison.Ordinal));

    private static IEnumerable<string> PodNames(Workload workload) =>
        Enumerable.Range(0, workload.Replicas).Select(number => FormattableString.Invariant($"{workload.Name}-{number}.{workload.Spec.Text("serviceName")}"));

    private static IEnumerable<(string Name, string Port)> PortsOf(Workload workload) =>
        workload.Container.List("ports").Select(port => (port.Text("name"), port.Text("containerPort")));
}
