package dev.berth.k8s.grouper;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.grouper.rule.Warning;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events: one for each change of a reason, and each warning once. That one is lost is no harm, so none is repeated. */
final class Notices {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    private static final int MAX_REMEMBERED = 10_000;
    private static final int MAX_MESSAGE = 1_000;
    private static final int MAX_NAME = 200;

    private final Cluster cluster;
    private final InstantSource clock;
    private final Set<String> told = new HashSet<>();
    private long number;

    Notices(Cluster cluster, InstantSource clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /** Tells a warning of the object, once as long as this grouper runs. */
    void warn(ObjectReference about, Warning warning) {
        if (told.size() >= MAX_REMEMBERED) {
            told.clear();
        }
        if (told.add(about.getUid() + warning.reason() + warning.message())) {
            tell(about, "Warning", warning.reason(), warning.message());
        }
    }

    void tell(ObjectReference about, String type, String reason, String message) {
        String now = Instant.ofEpochMilli(clock.millis() / 1_000 * 1_000).toString();
        String front =
                about.getName().substring(0, Math.min(MAX_NAME, about.getName().length()));
        Event event = new EventBuilder()
                .withNewMetadata()
                .withNamespace(about.getNamespace())
                .withName(front + "." + Long.toHexString(clock.millis()) + Long.toHexString(number++ & 0xfff))
                .endMetadata()
                .withInvolvedObject(about)
                .withType(type)
                .withReason(reason)
                .withMessage(message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .withNewSource()
                .withComponent("berth-grouper")
                .endSource()
                .build();
        cluster.create(event)
                .onFailure(failure ->
                        LOG.debug("cluster={} an event was not written: {}", cluster.name(), failure.getMessage()));
    }

    static ObjectReference reference(String apiVersion, String kind, ObjectKey key, String uid) {
        ObjectReference reference = new ObjectReference();
        reference.setApiVersion(apiVersion);
        reference.setKind(kind);
        reference.setNamespace(key.namespace());
        reference.setName(key.name());
        reference.setUid(uid);
        return reference;
    }
}
