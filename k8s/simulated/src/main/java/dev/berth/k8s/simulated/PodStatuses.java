package dev.berth.k8s.simulated;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The statuses that a kubelet writes. Times have milliseconds where a real kubelet's have seconds. */
final class PodStatuses {
    private PodStatuses() {}

    static PodStatus running(Pod pod, long nowMillis) {
        String now = Instant.ofEpochMilli(nowMillis).toString();
        ContainerStateRunning running = new ContainerStateRunning();
        running.setStartedAt(now);
        PodStatus status = new PodStatus();
        status.setPhase("Running");
        status.setStartTime(now);
        status.setConditions(List.of(ready("True", now)));
        status.setContainerStatuses(containers(pod, true, () -> {
            ContainerState state = new ContainerState();
            state.setRunning(running);
            return state;
        }));
        return status;
    }

    static PodStatus ended(Pod pod, boolean failed, long nowMillis) {
        String now = Instant.ofEpochMilli(nowMillis).toString();
        ContainerStateTerminated end = new ContainerStateTerminated();
        end.setExitCode(failed ? 1 : 0);
        end.setReason(failed ? "Error" : "Completed");
        end.setStartedAt(pod.getStatus().getStartTime());
        end.setFinishedAt(now);
        PodStatus status = new PodStatus();
        status.setPhase(failed ? "Failed" : "Succeeded");
        status.setStartTime(pod.getStatus().getStartTime());
        status.setConditions(List.of(ready("False", now)));
        status.setContainerStatuses(containers(pod, false, () -> {
            ContainerState state = new ContainerState();
            state.setTerminated(end);
            return state;
        }));
        return status;
    }

    static PodStatus rejected(NodeLedger.Rejection rejection, long nowMillis) {
        PodStatus status = new PodStatus();
        status.setPhase("Failed");
        status.setReason(rejection.reason());
        status.setMessage(rejection.message());
        status.setStartTime(Instant.ofEpochMilli(nowMillis).toString());
        return status;
    }

    private static PodCondition ready(String value, String now) {
        PodCondition condition = new PodCondition();
        condition.setType("Ready");
        condition.setStatus(value);
        condition.setLastTransitionTime(now);
        return condition;
    }

    private static List<ContainerStatus> containers(Pod pod, boolean ready, Supplier<ContainerState> state) {
        List<ContainerStatus> statuses = new ArrayList<>(1);
        for (Container container : pod.getSpec().getContainers()) {
            ContainerStatus status = new ContainerStatus();
            status.setName(container.getName());
            status.setImage(container.getImage());
            status.setReady(ready);
            status.setStarted(ready);
            status.setState(state.get());
            statuses.add(status);
        }
        return statuses;
    }
}
