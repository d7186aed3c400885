package dev.berth.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BerthTest {
    private final List<String> story = Collections.synchronizedList(new ArrayList<>());

    record Nothing() {}

    /** A role that writes its life into the story. */
    private final class Told implements Role<Nothing> {
        private final String name;
        private final Set<String> after;

        Told(String name, String... after) {
            this.name = name;
            this.after = Set.of(after);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String description() {
            return "Tells its life.";
        }

        @Override
        public Class<Nothing> config() {
            return Nothing.class;
        }

        @Override
        public Set<String> after() {
            return after;
        }

        @Override
        public List<Deployment> deployments(Nothing config, RoleContext role) {
            return List.of(Deployment.of(name, () -> new VerticleBase() {
                @Override
                public Future<?> start() {
                    story.add("+" + role.instance());
                    return name.equals("broken")
                            ? Future.failedFuture(new StartRefused(List.of("Cannot listen on 8090.")))
                            : Future.succeededFuture();
                }

                @Override
                public Future<?> stop() {
                    story.add("-" + role.instance());
                    return Future.succeededFuture();
                }
            }));
        }
    }

    private static final Settings QUIET =
            Settings.empty().with(Settings.PROCESS, Map.of("healthPort", 0, "eventLoops", 1));

    private static <T> T get(Future<T> future) throws Exception {
        return future.await(20, TimeUnit.SECONDS);
    }

    @Test
    void rolesStartAfterThoseTheyWaitForAndStopInReverse() throws Exception {
        Roles roles =
                new Roles(List.of(new Told("gateway", "store", "api"), new Told("api", "store"), new Told("store")));

        Berth berth = get(Berth.start(roles, QUIET, List.of("gateway", "api", "store"), Map.of()));
        assertThat(berth.health().ready()).isTrue();
        get(berth.stop());

        assertThat(story).containsExactly("+store", "+api", "+gateway", "-gateway", "-api", "-store");
    }

    @Test
    void oneRoleMayBeStoppedAndStartedWhileTheOthersRun() throws Exception {
        Roles roles = new Roles(List.of(new Told("gateway"), new Told("api")));
        Berth berth = get(Berth.start(roles, QUIET, List.of("api", "gateway"), Map.of()));

        get(berth.stopRole("gateway"));
        get(berth.startRole("gateway"));
        get(berth.stop());

        assertThat(story).containsExactly("+api", "+gateway", "-gateway", "+gateway", "-gateway", "-api");
    }

    @Test
    void aRoleThatCannotStartStopsTheProcessAndSaysWhy() {
        Roles roles = new Roles(List.of(new Told("broken", "store"), new Told("store")));

        assertThatThrownBy(() -> get(Berth.start(roles, QUIET, List.of("broken", "store"), Map.of())))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("Cannot listen on 8090.");
        assertThat(story).startsWith("+store", "+broken").endsWith("-store");
    }

    @Test
    void anUnknownSectionRoleAndKeyAreToldTogetherBeforeAnythingStarts() {
        Roles roles = new Roles(List.of(new Told("api")));
        Settings settings = QUIET.with("gatway", Map.of()).with("api", Map.of("prot", 1));

        assertThatThrownBy(() -> get(Berth.start(roles, settings, List.of("api", "agnet@x"), Map.of())))
                .isInstanceOfSatisfying(StartRefused.class, refused -> assertThat(refused.problems())
                        .hasSize(3))
                .hasMessageContaining("gatway")
                .hasMessageContaining("agnet")
                .hasMessageContaining("api.prot");
        assertThat(story).isEmpty();
    }

    @Test
    void healthAnswersForEachRole() throws Exception {
        Berth berth = get(Berth.start(new Roles(List.of(new Told("api"))), QUIET, List.of("api"), Map.of()));
        var client = java.net.http.HttpClient.newHttpClient();
        try {
            assertThat(body(client, berth, "/readyz")).contains("\"ready\":true", "\"api\":\"ready\"");
            assertThat(body(client, berth, "/healthz")).isEqualTo("ok\n");
            assertThat(body(client, berth, "/metrics")).contains("jvm_memory_used_bytes", "berth_runtime_role_ready");
            berth.health().notReady("api", "no database");
            assertThat(body(client, berth, "/readyz")).contains("\"ready\":false", "no database");
        } finally {
            get(berth.stop());
        }
    }

    private static String body(java.net.http.HttpClient client, Berth berth, String path) throws Exception {
        var uri = java.net.URI.create("http://127.0.0.1:" + berth.healthPort() + path);
        return client.send(
                        java.net.http.HttpRequest.newBuilder(uri).build(),
                        java.net.http.HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
