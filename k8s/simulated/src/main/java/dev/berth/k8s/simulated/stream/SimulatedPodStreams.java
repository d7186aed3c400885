package dev.berth.k8s.simulated.stream;

import dev.berth.k8s.client.LogOptions;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.client.PodCommand;
import dev.berth.k8s.client.PodStream;
import dev.berth.k8s.client.PodStreams;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Streams of the pods of a simulated cluster. */
public final class SimulatedPodStreams implements PodStreams {
    private static final String STANDARD_PORT = "8080";

    private final Vertx vertx;
    private final InstantSource clock;
    private final Function<ObjectKey, Optional<Pod>> pods;

    /** @param pods looks a pod up as it is now */
    public SimulatedPodStreams(Vertx vertx, InstantSource clock, Function<ObjectKey, Optional<Pod>> pods) {
        this.vertx = vertx;
        this.clock = clock;
        this.pods = pods;
    }

    @Override
    public Future<PodStream> logs(ObjectKey key, LogOptions options) {
        return started(key, options.container()).map(pod -> {
            if (options.previous()) {
                throw conflict("previous terminated container in pod \"" + key + "\" not found");
            }
            LogScript script = LogScript.of(pod);
            return new SimulatedLog(vertx, script, options, clock, () -> now(key, pod));
        });
    }

    /** The script as it is now: a pod that ended, or went, has an end. */
    private LogScript now(ObjectKey key, Pod pod) {
        return pods.apply(key)
                .filter(found ->
                        found.getMetadata().getUid().equals(pod.getMetadata().getUid()))
                .map(LogScript::of)
                .orElseGet(() -> {
                    LogScript was = LogScript.of(pod);
                    return new LogScript(
                            was.startMillis(), clock.millis(), was.lines(), was.intervalMillis(), was.lineBytes());
                });
    }

    @Override
    public Future<PodStream> run(ObjectKey key, PodCommand command) {
        return running(key, command.container()).map(pod -> {
            if (command.attaches()) {
                LogOptions follow = LogOptions.all().following();
                LogScript script = LogScript.of(pod);
                return new SimulatedLog(vertx, script, follow, clock, () -> now(key, pod));
            }
            return new SimulatedCommand(vertx, command, key.name());
        });
    }

    @Override
    public Future<PodStream> connect(ObjectKey key, int port) {
        return running(key, "").map(pod -> {
            Map<String, String> notes = pod.getMetadata().getAnnotations() == null
                    ? Map.of()
                    : pod.getMetadata().getAnnotations();
            String ports = notes.getOrDefault(SimulatedLabels.PORTS, STANDARD_PORT);
            boolean answers = Arrays.asList(ports.split(",")).contains(Integer.toString(port));
            return new SimulatedPort(vertx, answers);
        });
    }

    private Future<Pod> running(ObjectKey key, String container) {
        return started(key, container).map(pod -> {
            if (!"Running".equals(pod.getStatus().getPhase())) {
                throw conflict("container of pod \"" + key + "\" is not running");
            }
            return pod;
        });
    }

    private Future<Pod> started(ObjectKey key, String container) {
        try {
            return Future.succeededFuture(startedNow(key, container));
        } catch (Refused refused) {
            return Future.failedFuture(refused);
        }
    }

    private Pod startedNow(ObjectKey key, String container) {
        Pod pod = pods.apply(key).orElseThrow(() -> new Refused(new Refusal.NotFound("Pod", key.toString())));
        boolean known = container.isEmpty()
                || pod.getSpec().getContainers().stream()
                        .map(Container::getName)
                        .anyMatch(container::equals);
        if (!known) {
            throw conflict("container " + container + " is not valid for pod " + key.name());
        }
        if (pod.getStatus() == null || pod.getStatus().getStartTime() == null) {
            throw conflict("container in pod \"" + key.name() + "\" is waiting to start");
        }
        return pod;
    }

    private static Refused conflict(String detail) {
        return new Refused(new Refusal.Conflict(detail, "Wait until the container has started."));
    }
}
