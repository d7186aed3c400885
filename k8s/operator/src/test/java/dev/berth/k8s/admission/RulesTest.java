package dev.berth.k8s.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.model.Refusal;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is filled in, what is refused, and with which words. Documents are JSON with single quotes. */
class RulesTest {
    private static final String NAMESPACE = "berth-p-vision";
    private static final Known KNOWN = new Known(
            Map.of(
                    "vision", new Known.Project(NAMESPACE, 500, 256),
                    "speech", new Known.Project("berth-p-speech", 0, 0)),
            Set.of("research"),
            Map.of("a100", new Known.Pool("pool", "a100", 2, 16, 8), "empty", new Known.Pool("pool", "", 0, 0, 0)),
            Map.of(NAMESPACE, "vision", "berth-p-speech", "speech"));

    @Test
    void aPodOfAProjectGetsSchedulerProjectAndRequests() {
        JsonNode pod = filled("{'spec':{'schedulerName':'default-scheduler','containers':[{'name':'main'},"
                + "{'name':'side','resources':{'limits':{'cpu':'2'}}}]}}");
        assertThat(pod.at("/spec/schedulerName").asText()).isEqualTo("berth-scheduler");
        assertThat(pod.at("/metadata/labels/berth.dev~1project").asText()).isEqualTo("vision");
        assertThat(pod.at("/spec/containers/0/resources/requests/cpu").asText()).isEqualTo("500m");
        assertThat(pod.at("/spec/containers/0/resources/requests/memory").asText())
                .isEqualTo("256Mi");
        assertThat(pod.at("/spec/containers/1/resources/requests/cpu").isMissingNode())
                .isTrue();
    }

    @Test
    void aPodElsewhereOrOfAForeignSchedulerStaysAsItIs() {
        JsonNode pod = json("{'spec':{'schedulerName':'default-scheduler','containers':[{'name':'main'}]}}");
        assertThat(PodDefaults.of(pod, "default", KNOWN, "u", true)).isEqualTo(pod);
        JsonNode volcano = json("{'spec':{'schedulerName':'volcano','containers':[{'name':'main'}]}}");
        assertThat(PodDefaults.of(volcano, NAMESPACE, KNOWN, "u", true)).isEqualTo(volcano);
        JsonNode out = json("{'metadata':{'labels':{'berth.dev/managed':'false'}},'spec':{'containers':[{}]}}");
        assertThat(PodDefaults.of(out, NAMESPACE, KNOWN, "u", true)).isEqualTo(out);
    }

    @Test
    void yamlOfKaiIsUnderstood() {
        JsonNode pod = filled("{'metadata':{'labels':{'kai.scheduler/queue':'vision','kai.scheduler/node-pool':'a100'},"
                + "'annotations':{'gpu-fraction':'0.5','gpu-fraction-num-devices':'2'}},"
                + "'spec':{'schedulerName':'kai-scheduler','containers':[{'name':'main',"
                + "'env':[{'name':'NVIDIA_VISIBLE_DEVICES','value':'all'}]}]}}");
        assertThat(pod.at("/spec/schedulerName").asText()).isEqualTo("berth-scheduler");
        assertThat(pod.at("/metadata/labels/berth.dev~1node-pool").asText()).isEqualTo("a100");
        JsonNode annotations = pod.at("/metadata/annotations");
        assertThat(annotations.path("berth.dev/gpu-fraction-milli").asText()).isEqualTo("500");
        assertThat(annotations.path("berth.dev/gpu-devices").asText()).isEqualTo("2");
        assertThat(annotations.path("berth.dev/gpu-config-map").asText()).isEqualTo("berth-gpu-u1");
        JsonNode environment = pod.at("/spec/containers/0/env");
        assertThat(environment).hasSize(2);
        assertThat(environment.at("/0/valueFrom/configMapKeyRef/name").asText()).isEqualTo("berth-gpu-u1");
        assertThat(environment.at("/1/value").asText()).isEqualTo("0.5");
        assertThat(findings(pod)).isEmpty();
    }

    @Test
    void theNamedContainerGetsTheDevice() {
        JsonNode pod = filled("{'metadata':{'annotations':{'gpu-memory':'4096','gpu-fraction-container-name':'b'}},"
                + "'spec':{'containers':[{'name':'a'},{'name':'b'}]}}");
        assertThat(pod.at("/spec/containers/0/env").isMissingNode()).isTrue();
        assertThat(pod.at("/spec/containers/1/env/0/name").asText()).isEqualTo("NVIDIA_VISIBLE_DEVICES");
        assertThat(pod.at("/metadata/annotations/berth.dev~1gpu-memory-mib").asText())
                .isEqualTo("4096");
    }

    @Test
    void aNewPodCannotClaimDevices() {
        JsonNode pod = filled("{'metadata':{'annotations':{'berth.dev/assigned-gpus':'0',"
                + "'berth.dev/gpu-config-map':'secret'}},'spec':{'containers':[{'name':'main'}]}}");
        assertThat(pod.at("/metadata/annotations")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'gpu-fraction':'1.5'}|{}|/metadata/annotations/gpu-fraction|gpu-amount",
                "{'gpu-fraction':'0'}|{}|/metadata/annotations/gpu-fraction|gpu-amount",
                "{'gpu-fraction':'NaN'}|{}|/metadata/annotations/gpu-fraction|gpu-amount",
                "{'berth.dev/gpu-fraction-milli':'1000'}|{}|/metadata/annotations/berth.dev~1gpu-fraction-milli|gpu-amount",
                "{'berth.dev/gpu-fraction-milli':'-1'}|{}|/metadata/annotations/berth.dev~1gpu-fraction-milli|gpu-amount",
                "{'gpu-fraction':'0.5','gpu-memory':'100'}|{}|/metadata/annotations/berth.dev~1gpu-fraction|part-or-memory",
                "{'gpu-fraction':'0.5','gpu-fraction-num-devices':'65'}|{}|/metadata/annotations/gpu-fraction-num-devices|gpu-amount",
                "{}|{'berth.dev/project':'nobody'}|/metadata/labels/berth.dev~1project|project-exists",
                "{}|{'berth.dev/project':'speech'}|/metadata/labels/berth.dev~1project|project-owns-namespace",
                "{}|{'berth.dev/node-pool':'h100'}|/metadata/labels/berth.dev~1node-pool|pool-exists",
                "{'gpu-fraction':'0.5'}|{'berth.dev/managed':'false'}|/spec/schedulerName|gpus-are-scheduled",
            })
    void aPodThatCannotRunIsRefused(String annotations, String labels, String pointer, String rule) {
        JsonNode pod = json("{'metadata':{'annotations':" + annotations + ",'labels':" + labels
                + "},'spec':{'containers':[{'name':'main'}]}}");
        assertThat(PodRules.created(pod, NAMESPACE, KNOWN).errors())
                .extracting(Refusal.FieldError::pointer, Refusal.FieldError::code)
                .contains(org.assertj.core.groups.Tuple.tuple(pointer, rule));
    }

    @Test
    void wholeAndPartDoNotGoTogetherAndNoNodeIsChosen() {
        JsonNode pod = json("{'metadata':{'annotations':{'gpu-fraction':'0.5'}},'spec':{'nodeName':'n',"
                + "'containers':[{'name':'main','resources':{'limits':{'nvidia.com/gpu':'1'}}}]}}");
        assertThat(PodRules.created(pod, NAMESPACE, KNOWN).message())
                .contains("/spec/containers (whole-or-part)", "/spec/nodeName (node-is-chosen)");
        assertThat(PodRules.created(pod, "default", KNOWN).errors()).isEmpty();
    }

    @Test
    void whatAPodHasDoesNotChange() {
        JsonNode before = json("{'metadata':{'annotations':{'berth.dev/assigned-gpus':'0'},"
                + "'labels':{'berth.dev/project':'vision'}}}");
        JsonNode after = json("{'metadata':{'annotations':{'berth.dev/assigned-gpus':'1'},"
                + "'labels':{'berth.dev/project':'speech'}}}");
        assertThat(PodRules.updated(before, after, NAMESPACE, KNOWN).errors())
                .extracting(Refusal.FieldError::code)
                .containsExactly("assigned-is-fixed", "project-is-fixed");
        assertThat(PodRules.updated(before, before, NAMESPACE, KNOWN).errors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Workload|{'project':'nobody'}|project-exists",
                "Workload|{'project':'speech'}|project-owns-namespace",
                "Workload|{'project':'vision','nodePool':'h100'}|pool-exists",
                "Workload|{'project':'vision','nodePool':'a100','pod':{'gpu':{'devices':9}}}|fits-a-node",
                "Workload|{'project':'vision','nodePool':'a100','minWorkers':3,'pod':{'gpu':{'devices':8}}}|fits-the-pool",
                "Project|{'department':'none'}|department-exists",
                "Project|{'namespace':'kube-system'}|namespace-is-free",
                "Project|{'namespace':'berth-p-speech'}|namespace-is-free",
                "Department|{'quotas':[{'gpuMilli':{'quota':2000,'limit':1000}}]}|quota-within-limit",
                "NodePool|{'labelKey':'pool','labelValue':'a100'}|label-is-free",
            })
    void anObjectOfOursThatContradictsOthersIsRefused(String kind, String spec, String rule) {
        JsonNode object = json("{'metadata':{'name':'new'},'spec':" + spec + "}");
        assertThat(OwnRules.of(kind, object, NAMESPACE, KNOWN).errors())
                .extracting(Refusal.FieldError::code)
                .containsExactly(rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Workload|{'project':'vision'}",
                "Workload|{'project':'vision','nodePool':'empty','pod':{'gpu':{'devices':64}}}",
                "Workload|{'project':'vision','nodePool':'a100','minWorkers':2,'pod':{'gpu':{'devices':8}}}",
                "Project|{'department':'research','namespace':'mine'}",
                "NodePool|{'labelKey':'pool','labelValue':'b200'}",
                "Unknown|{}",
            })
    void whatContradictsNothingPasses(String kind, String spec) {
        JsonNode object = json("{'metadata':{'name':'new'},'spec':" + spec + "}");
        assertThat(OwnRules.of(kind, object, NAMESPACE, KNOWN).errors()).isEmpty();
    }

    @Test
    void aPatchSaysWhatChangedAndNoMore() {
        JsonNode from = json("{'a':{'b/c':'1','gone':true},'list':[1,2],'same':{'x':1}}");
        JsonNode to = json("{'a':{'b/c':'2','d~':3},'list':[1,5],'same':{'x':1}}");
        assertThat(JsonPatch.between(from, to))
                .isEqualTo(json("[{'op':'replace','path':'/a/b~1c','value':'2'},"
                        + "{'op':'remove','path':'/a/gone'},{'op':'add','path':'/a/d~0','value':3},"
                        + "{'op':'replace','path':'/list/1','value':5}]"));
        assertThat(JsonPatch.between(from, from)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"''", "{", "[]", "{\"request\":{}}"})
    void aBodyThatIsNoReviewIsNone(String body) {
        assertThat(Review.read(body.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEmpty();
    }

    private static java.util.List<Refusal.FieldError> findings(JsonNode pod) {
        return PodRules.created(pod, NAMESPACE, KNOWN).errors();
    }

    private static JsonNode filled(String pod) {
        return PodDefaults.of(json(pod), NAMESPACE, KNOWN, "u1", true);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
