package dev.berth.k8s.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;

/** The JSON patch (RFC 6902) from one document to another. An array that grew or shrank is replaced whole. */
final class JsonPatch {
    private final ArrayNode operations = JsonNodeFactory.instance.arrayNode();

    private JsonPatch() {}

    static ArrayNode between(JsonNode from, JsonNode to) {
        JsonPatch patch = new JsonPatch();
        patch.compare("", from, to);
        return patch.operations;
    }

    private void compare(String path, JsonNode from, JsonNode to) {
        if (from.equals(to)) {
            return;
        }
        if (from.isObject() && to.isObject()) {
            objects(path, from, to);
        } else if (from.isArray() && to.isArray() && from.size() == to.size()) {
            for (int i = 0; i < from.size(); i++) {
                compare(path + "/" + i, from.get(i), to.get(i));
            }
        } else {
            add("replace", path).set("value", to);
        }
    }

    private void objects(String path, JsonNode from, JsonNode to) {
        Iterator<Map.Entry<String, JsonNode>> old = from.fields();
        while (old.hasNext()) {
            Map.Entry<String, JsonNode> field = old.next();
            JsonNode now = to.get(field.getKey());
            String at = path + "/" + escaped(field.getKey());
            if (now == null) {
                add("remove", at);
            } else {
                compare(at, field.getValue(), now);
            }
        }
        Iterator<Map.Entry<String, JsonNode>> all = to.fields();
        while (all.hasNext()) {
            Map.Entry<String, JsonNode> field = all.next();
            if (!from.has(field.getKey())) {
                add("add", path + "/" + escaped(field.getKey())).set("value", field.getValue());
            }
        }
    }

    private ObjectNode add(String operation, String path) {
        return operations.addObject().put("op", operation).put("path", path);
    }

    static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
