package dev.berth.api.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class RouteTableTest {
    private final RouteTable routes = new RouteTable();

    private String operation(String method, String path) {
        var found = routes.find(method, path);
        return found == null ? "none" : found.operation().id();
    }

    @Test
    void pathsLeadToTheirOperations() {
        assertThat(routes.base()).isEqualTo("/api/v1");
        assertThat(operation("POST", "/workloads:batch")).isEqualTo("submitWorkloads");
        assertThat(operation("GET", "/workloads/summary")).isEqualTo("summarizeWorkloads");
        assertThat(operation("GET", "/workloads/summarx")).isEqualTo("getWorkload");
        assertThat(operation("POST", "/workloads/abc:stop")).isEqualTo("stopWorkload");
        assertThat(operation("GET", "/workloads/a/b")).isEqualTo("none");
        assertThat(operation("GET", "/workloads/")).isEqualTo("none");
        assertThat(routes.methods("/projects/x")).containsExactly("DELETE", "GET", "PUT");
    }

    @Test
    void variablesAreDecodedOnceAndStayOneSegment() {
        assertThat(routes.find("GET", "/projects/a%2Fb%252e").variables()).isEqualTo(Map.of("idOrName", "a/b%2e"));
    }

    @Test
    void operationsKnowTheirParameters() {
        assertThat(routes.find("GET", "/workloads").operation().query())
                .contains("limit", "cursor", "watch", "resourceVersion", "q");
        assertThat(routes.find("POST", "/workloads").operation().keeps()).isTrue();
        assertThat(routes.find("POST", "/tokens").operation().keeps()).isFalse();
        assertThat(routes.find("POST", "/auth/sign-in").operation().open()).isTrue();
    }
}
