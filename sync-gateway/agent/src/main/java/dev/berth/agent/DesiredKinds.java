package dev.berth.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.k8s.crd.Department;
import dev.berth.k8s.crd.NodePool;
import dev.berth.k8s.crd.Project;
import dev.berth.k8s.crd.Workload;
import dev.berth.model.Labels;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import dev.berth.tunnel.v1.Item;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds that come down the tunnel, and how bytes become objects of them. */
final class DesiredKinds {
    private static final Map<String, Class<? extends HasMetadata>> TYPES = new LinkedHashMap<>();

    static {
        TYPES.put("Department", Department.class);
        TYPES.put("Project", Project.class);
        TYPES.put("NodePool", NodePool.class);
        TYPES.put("Workload", Workload.class);
    }

    private final ObjectMapper json = new ObjectMapper();

    static Iterable<Map.Entry<String, Class<? extends HasMetadata>>> all() {
        return TYPES.entrySet();
    }

    static Class<? extends HasMetadata> type(String kind) {
        Class<? extends HasMetadata> type = TYPES.get(kind);
        if (type == null) {
            throw invalid("Expected one of " + TYPES.keySet() + ", but got kind \"" + kind + "\".");
        }
        return type;
    }

    /** Whether others may depend on an object of the kind, so that it is written before what follows it. */
    static boolean first(String kind) {
        return !kind.equals("Workload");
    }

    /** The object as it is to be applied: with where it came from in its annotations. */
    HasMetadata read(Item item, String storeId) {
        HasMetadata object = parse(item);
        ObjectMeta metadata = object.getMetadata();
        Map<String, String> annotations =
                metadata.getAnnotations() == null ? new HashMap<>() : new HashMap<>(metadata.getAnnotations());
        annotations.put(Labels.DESIRED_SEQUENCE, Long.toString(item.getSeq()));
        annotations.put(AgentNames.STORE, storeId);
        annotations.put(AgentNames.UID, item.getUid());
        metadata.setAnnotations(annotations);
        return object;
    }

    /** The object as it came; refused where it has no name. */
    HasMetadata parse(Item item) {
        HasMetadata object;
        try {
            object = json.readValue(item.getBody().toByteArray(), type(item.getKind()));
        } catch (IOException malformed) {
            throw invalid("Expected a " + item.getKind() + " as JSON, but it cannot be read.");
        }
        if (object == null
                || object.getMetadata() == null
                || object.getMetadata().getName() == null
                || object.getMetadata().getName().isEmpty()) {
            throw invalid("Expected a " + item.getKind() + " with a name.");
        }
        return object;
    }

    private static Refused invalid(String detail) {
        return new Refused(new Refusal.Invalid(detail, List.of()));
    }

    static @Nullable String annotation(HasMetadata object, String key) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(key);
    }
}
