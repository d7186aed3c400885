package dev.berth.k8s.operator;

import dev.berth.k8s.crd.PodState;
import dev.berth.model.GpuRequest;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a pod says of itself, read without trust in how complete it is. */
final class PodFacts {
    /** A kubelet tells whole seconds, and its clock may be a little off; beyond this it is not believed. */
    private static final long CLOCK_SLACK_MILLIS = 5_000;

    private static final int MAX_MESSAGE = 1_024;
    private static final Pattern INDEX = Pattern.compile("[0-9]{1,4}");

    private PodFacts() {}

    static String name(Pod pod) {
        return pod.getMetadata().getName();
    }

    static String phase(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return phase == null || phase.isEmpty() ? "Pending" : phase;
    }

    static boolean bound(Pod pod) {
        String node = pod.getSpec().getNodeName();
        return node != null && !node.isEmpty();
    }

    /** Between which moments all must have happened that is not known yet. */
    record Window(long earliest, long now) {}

    /** The pod's line in the status; moments that were told before are kept. */
    static PodState state(Pod pod, @Nullable PodState before, Window window) {
        PodState state = new PodState();
        state.name = name(pod);
        state.phase = phase(pod);
        if (bound(pod)) {
            state.node = pod.getSpec().getNodeName();
            Map<String, String> annotations = pod.getMetadata().getAnnotations();
            if (annotations != null) {
                state.gpus = devices(annotations.get(Labels.ASSIGNED_GPUS));
                state.gpuMilli = number(annotations.get(Labels.ASSIGNED_GPU_MILLI));
            }
        }
        if (state.phase.equals("Running") || Plan.ended(pod)) {
            Long known = before == null ? null : before.startedAtMillis;
            state.startedAtMillis = known != null ? known : Long.valueOf(believed(startedAt(pod), window));
        }
        if (Plan.ended(pod)) {
            Long known = before == null ? null : before.finishedAtMillis;
            long started = state.startedAtMillis == null ? window.now() : state.startedAtMillis;
            Window sinceStart = new Window(started, window.now());
            state.finishedAtMillis = known != null ? known : Long.valueOf(believed(finishedAt(pod), sinceStart));
        }
        return state;
    }

    static String whyFailed(Pod pod) {
        ContainerStateTerminated end = terminated(pod);
        StringBuilder why = new StringBuilder("Pod ").append(name(pod)).append(" failed");
        if (end != null && end.getExitCode() != null) {
            why.append(" with exit code ").append(end.getExitCode());
        }
        String reason = pod.getStatus().getReason();
        if (reason == null && end != null) {
            reason = end.getReason();
        }
        String message = pod.getStatus().getMessage();
        if (reason != null && !reason.isEmpty()) {
            why.append(" (").append(reason).append(')');
        }
        why.append('.');
        if (message != null && !message.isEmpty()) {
            why.append(' ').append(message);
        }
        return why.length() > MAX_MESSAGE ? why.substring(0, MAX_MESSAGE) : why.toString();
    }

    /**
     * The kubelet's own moment where it is plausible, else the moment at which we see it: a cluster whose clock runs apart
     * from ours, such as a simulated one, must not make times that contradict each other.
     */
    private static long believed(@Nullable Instant told, Window window) {
        if (told == null) {
            return window.now();
        }
        long millis = told.toEpochMilli();
        boolean plausible =
                millis >= window.earliest() - CLOCK_SLACK_MILLIS && millis <= window.now() + CLOCK_SLACK_MILLIS;
        return plausible ? Math.min(Math.max(millis, window.earliest()), window.now()) : window.now();
    }

    private static @Nullable Instant startedAt(Pod pod) {
        ContainerState state = container(pod);
        if (state != null && state.getRunning() != null) {
            return instant(state.getRunning().getStartedAt());
        }
        ContainerStateTerminated end = terminated(pod);
        return end == null ? null : instant(end.getStartedAt());
    }

    private static @Nullable Instant finishedAt(Pod pod) {
        ContainerStateTerminated end = terminated(pod);
        return end == null ? null : instant(end.getFinishedAt());
    }

    private static @Nullable ContainerStateTerminated terminated(Pod pod) {
        ContainerState state = container(pod);
        return state == null ? null : state.getTerminated();
    }

    private static @Nullable ContainerState container(Pod pod) {
        List<ContainerStatus> containers =
                pod.getStatus() == null ? null : pod.getStatus().getContainerStatuses();
        return containers == null || containers.isEmpty()
                ? null
                : containers.get(0).getState();
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private static List<Integer> devices(@Nullable String text) {
        List<Integer> devices = new ArrayList<>();
        if (text != null && !text.isEmpty()) {
            for (String part : text.split(",", GpuRequest.MAX_DEVICES + 1)) {
                if (devices.size() < GpuRequest.MAX_DEVICES
                        && INDEX.matcher(part).matches()) {
                    devices.add(Integer.parseInt(part));
                }
            }
        }
        return devices;
    }

    private static int number(@Nullable String text) {
        return text != null && INDEX.matcher(text).matches() ? Integer.parseInt(text) : 0;
    }
}
