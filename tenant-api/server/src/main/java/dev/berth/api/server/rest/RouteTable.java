package dev.berth.api.server.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.berth.api.spec.Contract;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The operations of the contract and the paths that lead to them. */
public final class RouteTable {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z]+)\\}");

    /**
     * One operation.
     *
     * @param query what may stand in its query
     * @param open whether it needs no sign-in
     * @param keeps whether it takes an Idempotency-Key
     */
    public record Operation(
            String id, String method, String path, Set<String> query, boolean open, boolean body, boolean keeps) {}

    /** The operation that a request means. */
    public record Found(Operation operation, Map<String, String> variables) {}

    private record Path(Pattern pattern, List<String> names, boolean literal, Map<String, Operation> byMethod) {}

    private final JsonNode document;
    private final String yaml;
    private final String base;
    private final List<Path> paths = new ArrayList<>();

    public RouteTable() {
        this.yaml = Contract.openApi();
        try {
            this.document = new YAMLMapper().readTree(yaml);
        } catch (IOException broken) {
            throw new UncheckedIOException("Expected the contract to be YAML", broken);
        }
        this.base = URI.create(document.at("/servers/0/url").asText()).getPath();
        document.path("paths").properties().forEach(entry -> add(entry.getKey(), entry.getValue()));
        // A path without variables wins over one that would take its last part for a name.
        paths.sort((a, b) -> Boolean.compare(b.literal(), a.literal()));
    }

    /** Path in front of all operations. */
    public String base() {
        return base;
    }

    /** The contract as it was written. */
    public String yaml() {
        return yaml;
    }

    /** The contract as JSON. */
    public Buffer json() {
        return Buffer.buffer(document.toString());
    }

    public List<Operation> operations() {
        return paths.stream().flatMap(path -> path.byMethod().values().stream()).toList();
    }

    /** The operation of a method and a raw path behind the base, or null. */
    public @Nullable Found find(String method, String rawPath) {
        for (Path path : paths) {
            Matcher matcher = path.pattern().matcher(rawPath);
            Operation operation = path.byMethod().get(method);
            if (operation != null && matcher.matches()) {
                Map<String, String> variables = new HashMap<>();
                for (int i = 0; i < path.names().size(); i++) {
                    variables.put(path.names().get(i), decoded(matcher.group(i + 1)));
                }
                return new Found(operation, variables);
            }
        }
        return null;
    }

    /** The methods that the path has, for the header Allow. */
    public Set<String> methods(String rawPath) {
        Set<String> methods = new TreeSet<>();
        for (Path path : paths) {
            if (path.pattern().matcher(rawPath).matches()) {
                methods.addAll(path.byMethod().keySet());
            }
        }
        return methods;
    }

    private void add(String template, JsonNode item) {
        List<String> names = new ArrayList<>();
        Matcher matcher = VARIABLE.matcher(template);
        var regex = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            regex.append(Pattern.quote(template.substring(from, matcher.start())))
                    .append("([^/:]{1,1000})");
            names.add(matcher.group(1));
            from = matcher.end();
        }
        regex.append(Pattern.quote(template.substring(from)));
        Map<String, Operation> byMethod = new HashMap<>();
        for (String method : METHODS) {
            JsonNode operation = item.get(method);
            if (operation != null) {
                byMethod.put(method.toUpperCase(java.util.Locale.ROOT), operation(template, method, operation, item));
            }
        }
        paths.add(new Path(Pattern.compile(regex.toString()), names, names.isEmpty(), byMethod));
    }

    private Operation operation(String template, String method, JsonNode operation, JsonNode item) {
        Set<String> query = new HashSet<>();
        boolean keeps = false;
        for (JsonNode parameters : List.of(item.path("parameters"), operation.path("parameters"))) {
            for (JsonNode parameter : parameters) {
                JsonNode resolved = parameter.has("$ref")
                        ? document.at(parameter.get("$ref").asText().substring(1))
                        : parameter;
                if (resolved.path("in").asText().equals("query")) {
                    query.add(resolved.path("name").asText());
                }
                keeps |= resolved.path("name").asText().equals("Idempotency-Key");
            }
        }
        JsonNode security = operation.path("security");
        boolean open = security.isArray() && security.isEmpty();
        return new Operation(
                operation.path("operationId").asText(),
                method.toUpperCase(java.util.Locale.ROOT),
                template,
                query,
                open,
                operation.has("requestBody"),
                keeps);
    }

    /** Percent-decodes one path segment; what cannot be decoded stays as it is and will not be found. */
    private static String decoded(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        try {
            return java.net.URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException wrong) {
            return segment;
        }
    }
}
