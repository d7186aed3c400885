package dev.berth.api.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What admins do with clusters. */
final class ClustersIT {
    private ApiProcess api;
    private ApiProcess.Tenant tenant;
    private Client admin;

    @BeforeEach
    void aTenant() throws Exception {
        api = ApiProcess.get();
        tenant = api.tenant("story");
        admin = api.as(tenant.admin());
    }

    @Test
    void aNewClusterGetsEverythingInOrder() throws Exception {
        admin.post("/clusters", Given.cluster("first"));
        admin.post("/projects", Given.project("p1", 1));
        admin.post("/departments", "{\"metadata\":{\"name\":\"d1\"}}");
        String second = admin.post("/clusters", Given.cluster("second"))
                .body()
                .at("/metadata/id")
                .asText();
        assertThat(Given.desired(api, second)).containsExactly("Department d1", "Project p1", "NodePool default");
    }

    @Test
    void aJoinTokenIsMadeForTheAgent() throws Exception {
        String id = admin.post("/clusters", Given.cluster("c"))
                .body()
                .at("/metadata/id")
                .asText();
        var token = admin.post("/clusters/c/join-token", null);
        assertThat(token.status()).isEqualTo(201);
        assertThat(token.body().path("token").asText()).matches("bt1\\." + id + "\\.[A-Za-z0-9_-]{43}\\.none");
    }
}
