package dev.berth.api.server.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.api.server.access.Principal;
import dev.berth.api.server.wire.Json;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request, checked as far as every request is: who asks for which operation, with what. */
final class Ask {
    static final int MAX_LIMIT = 500;
    static final int STANDARD_LIMIT = 50;
    private static final int MAX_NAMES = 100;
    private static final int MAX_TEXT = 4000;

    private final HttpServerRequest request;
    private final RouteTable.Found route;
    private final String requestId;
    private final @Nullable Principal principal;
    private final Buffer body;

    Ask(
            HttpServerRequest request,
            RouteTable.Found route,
            String requestId,
            @Nullable Principal principal,
            Buffer body) {
        this.request = request;
        this.route = route;
        this.requestId = requestId;
        this.principal = principal;
        this.body = body;
    }

    HttpServerRequest request() {
        return request;
    }

    RouteTable.Operation operation() {
        return route.operation();
    }

    String requestId() {
        return requestId;
    }

    Buffer body() {
        return body;
    }

    /** Who asks; open operations must not call this. */
    Principal who() {
        if (principal == null) {
            throw new IllegalStateException("An open operation asked who is there");
        }
        return principal;
    }

    JsonNode json() {
        return Json.parse(body);
    }

    String variable(String name) {
        return route.variables().getOrDefault(name, "");
    }

    /** A parameter of the query, empty when it is absent. */
    String text(String name) {
        String value = value(name);
        return value == null ? "" : value;
    }

    @Nullable
    String value(String name) {
        List<String> values = query().getAll(name);
        if (values.isEmpty()) {
            return null;
        }
        if (values.size() > 1
                || values.get(0).length() > MAX_TEXT
                || values.get(0).indexOf('\0') >= 0) {
            throw malformed(name, "one text of at most " + MAX_TEXT + " characters");
        }
        return values.get(0);
    }

    /** A parameter that may come several times, in order. */
    List<String> all(String name, int most) {
        List<String> values = query().getAll(name);
        boolean sound = values.size() <= most
                && values.stream().allMatch(value -> value.length() <= MAX_TEXT && value.indexOf('\0') < 0);
        if (!sound) {
            throw malformed(name, "at most " + most + " texts of at most " + MAX_TEXT + " characters");
        }
        return List.copyOf(values);
    }

    /** Comma-separated words, none when it is absent. */
    List<String> words(String name) {
        String value = text(name);
        if (value.isEmpty()) {
            return List.of();
        }
        List<String> words = Arrays.stream(value.split(",", -1))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
        if (words.size() > MAX_NAMES) {
            throw malformed(name, "at most " + MAX_NAMES + " words");
        }
        return words;
    }

    boolean flag(String name) {
        String value = text(name);
        if (!value.isEmpty() && !value.equals("true") && !value.equals("false")) {
            throw malformed(name, "true or false");
        }
        return value.equals("true");
    }

    int limit() {
        return (int) number("limit", 1, MAX_LIMIT, STANDARD_LIMIT);
    }

    long number(String name, long min, long max, long absent) {
        return parsed(name, value(name), min, max, absent);
    }

    /** The version that a stream continues from; -1 when it begins anew. */
    long resumeFrom() {
        String last = request.getHeader("Last-Event-ID");
        return last == null || last.isEmpty()
                ? number("resourceVersion", 0, Long.MAX_VALUE, -1)
                : parsed("Last-Event-ID", last, 0, Long.MAX_VALUE, -1);
    }

    /** The entity tag of If-Match without its quotation marks. */
    @Nullable
    String ifMatch() {
        String header = request.getHeader("If-Match");
        if (header == null) {
            return null;
        }
        String tag = header.strip();
        return tag.length() >= 2 && tag.startsWith("\"") && tag.endsWith("\"")
                ? tag.substring(1, tag.length() - 1)
                : tag;
    }

    /** Whether the client holds this very version. */
    boolean holds(String etag) {
        String header = request.getHeader("If-None-Match");
        return header != null
                && Arrays.stream(header.split(",", 20))
                        .anyMatch(tag -> tag.strip().equals('"' + etag + '"'));
    }

    /** Refuses parameters that the operation does not have: a typing error must not widen what is asked. */
    void checkQuery() {
        for (Map.Entry<String, String> parameter : query()) {
            if (!operation().query().contains(parameter.getKey())) {
                throw new Refused(new Refusal.Malformed("Expected only the parameters "
                        + operation().query().stream().sorted().toList() + ", but got \"" + shown(parameter.getKey())
                        + "\"."));
            }
        }
    }

    private MultiMap query() {
        return request.params();
    }

    private static long parsed(String name, @Nullable String value, long min, long max, long absent) {
        if (value == null || value.isEmpty()) {
            return absent;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException wrong) {
            throw malformed(name, "a whole number from " + min + " to " + max);
        }
        throw malformed(name, "a whole number from " + min + " to " + max);
    }

    private static Refused malformed(String name, String expected) {
        return new Refused(new Refusal.Malformed("Expected " + expected + " as " + name + "."));
    }

    private static String shown(String text) {
        String clean = text.replaceAll("[^-A-Za-z0-9._]", "?");
        return clean.length() > 40 ? clean.substring(0, 40) + "…" : clean;
    }
}
