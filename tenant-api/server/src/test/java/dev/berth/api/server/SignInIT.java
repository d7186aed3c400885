package dev.berth.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.server.rest.RouteTable;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How people and their programs come in, and how they leave. */
final class SignInIT {
    private ApiProcess api;
    private ApiProcess.Tenant tenant;
    private Client researcher;

    @BeforeEach
    void aTenant() throws Exception {
        api = ApiProcess.get();
        tenant = api.tenant("story");
        researcher = api.as(tenant.researcher());
    }

    @Test
    void signingInWithAPasswordGivesATokenThatEndsWithTheSignOut() throws Exception {
        var signedIn = api.as(null)
                .post(
                        "/auth/sign-in",
                        "{\"email\":\"ADMIN@" + tenant.name() + ".test\",\"password\":\"" + ApiProcess.PASSWORD
                                + "\"}");
        assertThat(signedIn.status()).isEqualTo(200);
        assertThat(signedIn.header("Set-Cookie")).contains("berth_session=", "HTTPOnly", "SameSite=Strict");
        Client session = api.as(signedIn.body().path("token").asText());

        var me = session.get("/auth/me");
        assertThat(me.body().at("/user/role").asText()).isEqualTo("admin");
        assertThat(me.body().at("/tenant/name").asText()).isEqualTo(tenant.name());
        assertThat(me.body().path("csrfToken")).isEqualTo(signedIn.body().path("csrfToken"));
        assertThat(session.post("/auth/sign-out", null).status()).isEqualTo(204);
        assertThat(session.get("/auth/me").status()).isEqualTo(401);
    }

    @Test
    void aWrongPasswordAndAnUnknownUserReadTheSame() throws Exception {
        var wrong = api.as(null)
                .post("/auth/sign-in", "{\"email\":\"admin@" + tenant.name() + ".test\",\"password\":\"no\"}");
        var unknown = api.as(null)
                .post("/auth/sign-in", "{\"email\":\"nobody@" + tenant.name() + ".test\",\"password\":\"no\"}");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(unknown.body().path("detail")).isEqualTo(wrong.body().path("detail"));
    }

    @Test
    void aOneTimeLinkWorksOnceAndLetsAPasswordBeSet() throws Exception {
        String token = ApiProcess.await(api.bootstrap.oneTimeToken(tenant.id(), "manager@" + tenant.name() + ".test"));
        var first = api.as(null).post("/auth/one-time", "{\"token\":\"" + token + "\"}");
        var second = api.as(null).post("/auth/one-time", "{\"token\":\"" + token + "\"}");
        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(401);

        Client session = api.as(first.body().path("token").asText());
        assertThat(session.post("/auth/password", "{\"newPassword\":\"a brand new password\"}")
                        .status())
                .isEqualTo(204);
        assertThat(api.as(null)
                        .post(
                                "/auth/sign-in",
                                "{\"email\":\"manager@" + tenant.name()
                                        + ".test\",\"password\":\"a brand new password\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aCookieNeedsTheCsrfTokenToWrite() throws Exception {
        var signedIn = api.as(null)
                .post(
                        "/auth/sign-in",
                        "{\"email\":\"admin@" + tenant.name() + ".test\",\"password\":\"" + ApiProcess.PASSWORD
                                + "\"}");
        String cookie = "berth_session=" + signedIn.body().path("token").asText();
        Client page = api.as(null);

        assertThat(page.send("GET", "/projects", null, Map.of("Cookie", cookie)).status())
                .isEqualTo(200);
        assertThat(page.send("POST", "/clusters", Given.cluster("c"), Map.of("Cookie", cookie))
                        .status())
                .isEqualTo(403);
        String csrf = signedIn.body().path("csrfToken").asText();
        assertThat(page.send("POST", "/clusters", Given.cluster("c"), Map.of("Cookie", cookie, "X-CSRF-Token", csrf))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void personalTokensAreShownOnceListedAndRevoked() throws Exception {
        var made = researcher.post("/tokens", "{\"name\":\"laptop\",\"expiresInDays\":7}");
        Client other = api.as(made.body().path("token").asText());

        assertThat(made.body().path("token").asText()).startsWith("berth_pat_");
        assertThat(other.get("/auth/me").status()).isEqualTo(200);
        var listed = researcher.get("/tokens").body().path("items");
        assertThat(listed.toString()).contains("laptop").doesNotContain("berth_pat_");
        assertThat(researcher
                        .delete("/tokens/" + made.body().path("id").asText(), null)
                        .status())
                .isEqualTo(204);
        assertThat(other.get("/auth/me").status()).isEqualTo(401);
    }

    @Test
    void everyOperationRefusesAStranger() throws Exception {
        var routes = new RouteTable();
        for (var operation : routes.operations()) {
            String path = operation.path().replaceAll("\\{[A-Za-z]+\\}", "x");
            var answer = api.as(null).send(operation.method(), path, operation.body() ? "{}" : null, Map.of());
            assertThat(answer.status()).as(operation.id()).isEqualTo(operation.open() ? 422 : 401);
            Proof.refused(answer, operation.id());
        }
    }
}
