package dev.berth.cli;

import dev.berth.cli.wire.Query;
import picocli.CommandLine.Option;

/** Which pod of a workload is meant. */
final class PodFlags {
    @Option(names = "--pod", paramLabel = "NAME", description = "One of its pods; absent, the first.")
    private String pod = "";

    @Option(
            names = {"-c", "--container"},
            paramLabel = "NAME",
            description = "Absent, the pod's only or first one.")
    private String container = "";

    @Option(
            names = {"-p", "--project"},
            paramLabel = "NAME",
            description = "The workload's project; needed when its name is not unique.")
    private String project = "";

    Query query(Session session) {
        return Query.NONE
                .with("project", session.project(project))
                .with("pod", pod)
                .with("container", container);
    }

    /** Where a stream of the workload is. */
    static String path(String workload, String stream) {
        return "/workloads/"
                + Query.encode(
                        Target.of(workload, dev.berth.cli.wire.Kind.WORKLOAD).name()) + "/" + stream;
    }
}
