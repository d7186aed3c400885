package dev.berth.k8s.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects as plain trees: integers are longs, as CEL wants them, and what is null is not there. */
public final class Trees {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_DEPTH = 64;

    private Trees() {}

    /** The tree of anything that Jackson can write, without {@code metadata.managedFields}. */
    public static Map<String, Object> of(Object object) {
        Object tree = plain(JSON.convertValue(object, Object.class), 0);
        Map<String, Object> map = map(tree);
        map(map.get("metadata")).remove("managedFields");
        return map;
    }

    static @Nullable Object value(@Nullable JsonNode node) {
        return node == null ? null : plain(JSON.convertValue(node, Object.class), 0);
    }

    static String json(@Nullable Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException("Expected a plain tree.", impossible);
        }
    }

    /** What the text says; null where it is no JSON. */
    static @Nullable Object parse(String json) {
        try {
            return plain(JSON.readValue(json, Object.class), 0);
        } catch (JsonProcessingException broken) {
            return null;
        }
    }

    /** The value where it is a map, else an empty one. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : new LinkedHashMap<>();
    }

    /** The string at the end of the keys; empty where there is none. */
    public static String text(Map<String, Object> tree, String... keys) {
        Object at = tree;
        for (String key : keys) {
            at = map(at).get(key);
        }
        return at instanceof String text ? text : "";
    }

    /** A copy that shares nothing that can be changed. */
    static Object copy(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put((String) key, copy(item)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(copy(item)));
            return copy;
        }
        return value;
    }

    private static @Nullable Object plain(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH) {
            return null;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> {
                Object plain = plain(item, depth + 1);
                if (plain != null) {
                    copy.put(String.valueOf(key), plain);
                }
            });
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            for (Object item : list) {
                Object plain = plain(item, depth + 1);
                if (plain != null) {
                    copy.add(plain);
                }
            }
            return copy;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigInteger || value instanceof BigDecimal || value instanceof Float) {
            return ((Number) value).doubleValue();
        }
        return value;
    }
}
