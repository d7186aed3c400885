package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people do with the command, against the real API. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class CliIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path home;

    private RealApi api;
    private RealApi.Tenant tenant;
    private String cluster;

    @BeforeEach
    void aTenantWithAClusterAndAProject() throws Exception {
        api = RealApi.get();
        tenant = api.tenant();
        var rest = new Rest(api.url(), tenant.token());
        cluster = rest.post("/clusters", "{\"metadata\":{\"name\":\"borealis\"}}")
                .at("/metadata/id")
                .asText();
        rest.post(
                "/projects",
                "{\"metadata\":{\"name\":\"vision\"},\"spec\":{\"quotas\":[{\"nodePool\":\"default\",\"gpuMilli\":{\"quota\":24000}}]}}");
    }

    private Shell shell() {
        return new Shell(home).with("BERTH_URL", api.url()).with("BERTH_TOKEN", tenant.token());
    }

    private JsonNode json(String... arguments) throws Exception {
        Shell.Ran ran = shell().run(arguments);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        return JSON.readTree(ran.out());
    }

    private String id(String workload) throws Exception {
        return json("get", "workload", workload, "-o", "json")
                .at("/metadata/id")
                .asText();
    }

    @Test
    void aPersonSignsInWithAPasswordAndOut() throws Exception {
        var atTheKeyboard = new Shell(home).typing(tenant.admin(), RealApi.PASSWORD);
        Shell.Ran login = atTheKeyboard.run("login", api.url());
        assertThat(login.code()).isZero();
        assertThat(login.out()).startsWith("Signed in to " + api.url() + " as " + tenant.admin() + " (admin)");
        assertThat(atTheKeyboard.asked).containsExactly("Email: ", "secret Password: ");

        Path file = home.resolve("berth/config.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).doesNotContain(RealApi.PASSWORD);
        assertThat(new Shell(home).run("whoami").out()).contains(tenant.admin(), tenant.name());
        assertThat(new Shell(home).run("whoami", "-o", "json").out()).doesNotContain("csrf");

        assertThat(new Shell(home).run("logout").code()).isZero();
        Shell.Ran after = new Shell(home).with("BERTH_URL", api.url()).run("get", "projects");
        assertThat(after.code()).isEqualTo(4);
        assertThat(after.err()).contains("Hint: Sign in: berth login " + api.url());
    }

    @Test
    void aOneTimeLinkSignsInOnceAndNamesItsServer() throws Exception {
        String link = api.url() + "/?token=" + api.oneTimeToken(tenant);
        Shell.Ran first = new Shell(home).typing(link).run("login", "--link");
        Shell.Ran second = new Shell(home).piping(link + "\n").run("login", "--link");

        assertThat(first.code()).isZero();
        assertThat(second.code()).isEqualTo(4);
        assertThat(new Shell(home).run("get", "projects", "-o", "name").lines()).containsExactly("project/vision");
    }

    @Test
    void aScriptSignsInWithATokenOnStandardInput() {
        Shell.Ran login = new Shell(home).piping(tenant.token() + "\n").run("login", api.url(), "--token-stdin");
        assertThat(login.code()).isZero();
        assertThat(login.out()).doesNotContain(tenant.token());
        assertThat(new Shell(home).run("get", "clusters", "-o", "name").lines()).containsExactly("cluster/borealis");
        assertThat(new Shell(home)
                        .piping("wrong")
                        .run("login", api.url(), "--token-stdin")
                        .code())
                .isEqualTo(4);
    }

    @Test
    void aWorkloadIsSubmittedListedExplainedStoppedAndDeleted() throws Exception {
        Shell.Ran submitted = shell().run(
                        "submit",
                        "hello",
                        "--image",
                        "ubuntu",
                        "--gpu",
                        "0.5",
                        "--cpu",
                        "500m",
                        "--memory",
                        "1Gi",
                        "-e",
                        "A=b",
                        "-l",
                        "team=red",
                        "--",
                        "sleep",
                        "300");
        assertThat(submitted.out())
                .isEqualTo("workload/hello created in project vision (cluster borealis, pool default)\n");
        JsonNode read = json("get", "workload", "hello", "-o", "json");
        assertThat(read.at("/spec/resources/gpu/fractionMilli").asInt()).isEqualTo(500);
        assertThat(read.at("/spec/resources/cpuMilli").asInt()).isEqualTo(500);
        assertThat(read.at("/spec/resources/memoryMib").asInt()).isEqualTo(1024);
        assertThat(read.at("/spec/command/1").asText()).isEqualTo("300");
        assertThat(read.at("/metadata/labels/team").asText()).isEqualTo("red");

        assertThat(shell().run("get", "workloads").out())
                .containsPattern("NAME +PROJECT +STATUS +REASON +GPUS")
                .containsPattern("hello +vision +Queued +ClusterOffline +0.5 ");
        assertThat(shell().run("explain", "hello").out()).contains("Cluster borealis is not connected");

        assertThat(shell().run("stop", "hello").out()).isEqualTo("workload/hello stopping\n");
        assertThat(shell().run("delete", "hello").code()).isEqualTo(2);
        assertThat(shell().typing("n").run("delete", "hello").code()).isEqualTo(1);
        assertThat(shell().typing("y").run("delete", "hello").out()).isEqualTo("workload/hello is being deleted\n");
        assertThat(shell().run("get", "workloads", "-o", "name").out()).isEmpty();
    }

    @Test
    void explainSaysTheStageTheNumbersAndTheChanges() throws Exception {
        shell().run("submit", "big", "--gpu", "8", "--workers", "4");
        api.reported(tenant, cluster, "Workload", id("big"), """
                {"status":{"phase":"Queued","reason":"OverQuota","message":"over quota","queuedAtMillis":1700000000000,
                 "explanation":{"reason":"OVER_QUOTA","sentence":"vision holds 8 of 24 GPUs; big needs 32 together.",
                  "checks":[{"stage":"gate","passed":true,"detail":"known"},
                            {"stage":"fairShare","passed":false,"detail":"needs 40, has 24"}],
                  "position":2,"waiting":5,
                  "changes":[{"field":"workers","from":"4","to":"2","sentence":"With 2 workers it starts now."},
                             {"field":"quota.vision.gpuMilli","from":"24000","to":"40000","sentence":"More quota."}]}}}
                """);

        Shell.Ran explained = shell().run("explain", "big");

        assertThat(explained.code()).isZero();
        assertThat(explained.out())
                .contains(
                        "project vision   cluster borealis   pool default   32 GPU for 4 workers   place 2 of 5 waiting")
                .contains("Why: OverQuota. vision holds 8 of 24 GPUs; big needs 32 together.")
                .contains("  ✓ gate        known")
                .contains("  ✗ fair share  needs 40, has 24")
                .contains("1  --workers 2  (now 4)         With 2 workers it starts now.")
                .contains("2  GPU quota of vision 24 → 40  More quota.")
                .doesNotContain("\u001b");
        assertThat(json("explain", "big", "-o", "json")
                        .at("/explanation/position")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aFileOfManyWorkloadsSaysForEachWhatBecameOfIt() throws Exception {
        Path file = home.resolve("many.yaml");
        Files.writeString(file, """
                kind: Workload
                metadata: {name: one}
                spec: {image: ubuntu}
                ---
                metadata:
                  name: two
                spec:
                  workers: 0
                ---
                items:
                  - metadata: {name: three}
                  - metadata: {name: one}
                """);

        Shell.Ran submitted = shell().run("submit", "-f", file.toString());

        assertThat(submitted.out()).contains("workload/one created", "workload/three created");
        assertThat(submitted.err())
                .contains("many.yaml:5 two: The workload has a mistake.")
                .contains("many.yaml:8 spec.workers: Expected 1 to 10000.")
                .contains("many.yaml:12 one: Project \"vision\" has a workload \"one\" already.");
        assertThat(submitted.code()).isEqualTo(1);
        assertThat(shell().piping("{\"metadata\":{\"name\":\"four\"}}")
                        .run("submit", "-f", "-", "-o", "name")
                        .lines())
                .containsExactly("workload/four");
        assertThat(shell().piping("metadata: {name: four}")
                        .run("submit", "-f", "-")
                        .code())
                .isEqualTo(7);
    }

    @Test
    void listsAreReadPageByPageAndNarrowed() throws Exception {
        var many = new StringBuilder();
        for (int i = 0; i < 1100; i++) {
            many.append("---\nmetadata: {name: w-").append(i).append("}\n");
        }
        assertThat(shell().piping(many.toString()).run("submit", "-f", "-").lines())
                .hasSize(1100);

        Shell.Ran standard = shell().run("get", "workloads", "--no-headers");
        assertThat(standard.lines()).hasSize(500);
        assertThat(standard.err()).contains("Shown are 500; there are more. Take --all, or --cursor ");
        assertThat(shell().run("get", "workloads", "--all", "-o", "name").lines())
                .hasSize(1100);
        assertThat(shell().run("get", "workloads", "-q", "w-109", "-o", "name", "--sort", "name")
                        .lines())
                .startsWith("workload/w-109", "workload/w-1090")
                .hasSize(11);
        JsonNode page = json("get", "workloads", "--limit", "3", "-o", "json", "--status", "queued");
        assertThat(page.path("items")).hasSize(3);
        String next = page.path("next").asText();
        assertThat(shell().run("get", "workloads", "--limit", "3", "--cursor", next, "-o", "name", "--status", "queued")
                        .lines())
                .hasSize(3)
                .doesNotContain("workload/" + page.at("/items/2/metadata/name").asText());
    }

    @Test
    void nodesPoolsAndUnknownNamesAreFoundOrHelpedWith() throws Exception {
        api.reported(tenant, cluster, "Node", "n", """
                {"name":"b-07","pool":"default","ready":true,"labels":{},"gpus":8,"gpuModel":"A100","gpuMemoryMib":81920,
                 "allocatable":{"cpuMilli":64000,"memoryMib":500000,"gpuMilli":8000}}""");

        assertThat(shell().run("get", "node", "b-07").out())
                .containsPattern("b-07 +borealis +default +yes +A100 +0 +8 +64");
        assertThat(shell().run("get", "np").out()).contains("default");
        Shell.Ran wrong = shell().run("get", "project", "visoin");
        assertThat(wrong.code()).isEqualTo(5);
        assertThat(wrong.err()).contains("Did you mean \"vision\"?", "code not-found", "(exit 5)");
        assertThat(shell().run("get", "node", "b-70").err()).contains("Did you mean \"b-07\"?");
        assertThat(shell().run("get", "departments").err()).contains("No departments found.");
        assertThat(shell().run("delete", "project/vision", "--yes").out()).isEqualTo("project/vision deleted\n");
    }
}
