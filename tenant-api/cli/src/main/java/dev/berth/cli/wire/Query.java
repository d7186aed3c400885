package dev.berth.cli.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The parameters of a request; empty ones are left out. */
public record Query(Map<String, String> parameters) {
    public static final Query NONE = new Query(Map.of());

    public Query {
        parameters = new LinkedHashMap<>(parameters);
    }

    public Query with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        if (value.isEmpty()) {
            more.remove(name);
        } else {
            more.put(name, value);
        }
        return new Query(more);
    }

    public Query without(String name) {
        return with(name, "");
    }

    /** With the question mark, or empty. */
    public String text() {
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream()
                        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
