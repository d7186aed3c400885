package dev.berth.agent;

import dev.berth.k8s.client.Cluster;
import dev.berth.k8s.client.ObjectKey;
import dev.berth.model.Labels;
import dev.berth.tunnel.DesiredCursor;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.vertx.core.Future;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the cursor of the desired log where the objects are, so that neither outlives the other. Written seldom: a stale
 * cursor costs re-delivery and nothing else.
 */
final class CursorKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(CursorKeeper.class);
    private static final ObjectKey KEY = new ObjectKey(AgentNames.NAMESPACE, AgentNames.OBJECT);

    private final Cluster cluster;
    private DesiredCursor written = DesiredCursor.NONE;
    private boolean writing;

    CursorKeeper(Cluster cluster) {
        this.cluster = cluster;
    }

    Future<DesiredCursor> load() {
        return cluster.get(ConfigMap.class, KEY).map(found -> {
            written = found.map(CursorKeeper::read).orElse(DesiredCursor.NONE);
            return written;
        });
    }

    private static DesiredCursor read(ConfigMap map) {
        String store = DesiredKinds.annotation(map, AgentNames.STORE);
        String dseq = DesiredKinds.annotation(map, Labels.DESIRED_SEQUENCE);
        try {
            return store == null || dseq == null ? DesiredCursor.NONE : new DesiredCursor(store, Long.parseLong(dseq));
        } catch (NumberFormatException edited) {
            return DesiredCursor.NONE;
        }
    }

    /** Writes the cursor unless it is written already or being written. */
    Future<Void> keep(DesiredCursor cursor) {
        if (writing || cursor.equals(written)) {
            return Future.succeededFuture();
        }
        writing = true;
        ConfigMap map = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(KEY.namespace())
                .withName(KEY.name())
                .withAnnotations(Map.of(
                        AgentNames.STORE, cursor.storeId(), Labels.DESIRED_SEQUENCE, Long.toString(cursor.dseq())))
                .endMetadata()
                .build();
        return cluster.apply(map)
                .onSuccess(done -> written = cursor)
                .onFailure(failure -> LOG.warn("The cursor was not written: {}", failure.getMessage()))
                .onComplete(done -> writing = false)
                .mapEmpty();
    }
}
