package dev.berth.scheduler.verticle;

/** What pretended kubelets do: nodes are ready, bound pods run, and those that are to be short end well after a second. */
final class Kubelets {
    static final String STAGES = """
            apiVersion: kwok.x-k8s.io/v1alpha1
            kind: Stage
            metadata: {name: node-ready}
            spec:
              resourceRef: {apiGroup: v1, kind: Node}
              selector:
                matchExpressions:
                - {key: '.status.conditions.[] | select( .type == "Ready" ) | .status', operator: NotIn, values: ["True"]}
              next:
                statusTemplate: |
                  conditions:
                  - {type: Ready, status: "True", reason: KubeletReady, message: ready, lastHeartbeatTime: {{ Now | Quote }}, lastTransitionTime: {{ Now | Quote }}}
            ---
            apiVersion: kwok.x-k8s.io/v1alpha1
            kind: Stage
            metadata: {name: node-heartbeat}
            spec:
              resourceRef: {apiGroup: v1, kind: Node}
              selector:
                matchExpressions:
                - {key: '.status.conditions.[] | select( .type == "Ready" ) | .status', operator: In, values: ["True"]}
              delay: {durationMilliseconds: 10000}
              next:
                statusTemplate: |
                  conditions:
                  - {type: Ready, status: "True", reason: KubeletReady, message: ready, lastHeartbeatTime: {{ Now | Quote }}, lastTransitionTime: {{ Now | Quote }}}
              immediateNextStage: true
            ---
            apiVersion: kwok.x-k8s.io/v1alpha1
            kind: Stage
            metadata: {name: pod-runs}
            spec:
              resourceRef: {apiGroup: v1, kind: Pod}
              selector:
                matchExpressions:
                - {key: .metadata.deletionTimestamp, operator: DoesNotExist}
                - {key: .status.phase, operator: In, values: [Pending]}
              next:
                statusTemplate: |
                  phase: Running
                  startTime: {{ Now | Quote }}
                  conditions:
                  - {type: Ready, status: "True", lastTransitionTime: {{ Now | Quote }}}
                  containerStatuses:
                  - name: main
                    image: i
                    imageID: i
                    ready: true
                    restartCount: 0
                    state: {running: {startedAt: {{ Now | Quote }}}}
            ---
            apiVersion: kwok.x-k8s.io/v1alpha1
            kind: Stage
            metadata: {name: pod-ends}
            spec:
              resourceRef: {apiGroup: v1, kind: Pod}
              selector:
                matchAnnotations: {simulated.berth.dev/run: short}
                matchExpressions:
                - {key: .metadata.deletionTimestamp, operator: DoesNotExist}
                - {key: .status.phase, operator: In, values: [Running]}
              delay: {durationMilliseconds: 1000}
              next:
                statusTemplate: |
                  phase: Succeeded
                  conditions:
                  - {type: Ready, status: "False", reason: PodCompleted, lastTransitionTime: {{ Now | Quote }}}
                  containerStatuses:
                  - name: main
                    image: i
                    imageID: i
                    ready: false
                    restartCount: 0
                    state: {terminated: {exitCode: 0, reason: Completed, startedAt: {{ Now | Quote }}, finishedAt: {{ Now | Quote }}}}
            ---
            apiVersion: kwok.x-k8s.io/v1alpha1
            kind: Stage
            metadata: {name: pod-goes}
            spec:
              resourceRef: {apiGroup: v1, kind: Pod}
              selector:
                matchExpressions:
                - {key: .metadata.deletionTimestamp, operator: Exists}
              next:
                finalizers: {empty: true}
                delete: true
            """;

    private Kubelets() {}

    static String node(String name) {
        return """
                {"apiVersion": "v1", "kind": "Node",
                 "metadata": {"name": "%s", "labels": {"nvidia.com/gpu.product": "A100", "nvidia.com/gpu.memory": "80000"}}}
                """.formatted(name);
    }

    static String nodeStatus(String name) {
        return """
                {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "%s"},
                 "status": {"capacity": {"cpu": "32", "memory": "64Gi", "pods": "110", "nvidia.com/gpu": "5"},
                            "allocatable": {"cpu": "32", "memory": "64Gi", "pods": "110", "nvidia.com/gpu": "5"}}}
                """.formatted(name);
    }
}
