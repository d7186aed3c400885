package dev.berth.k8s.charts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody who mistypes or contradicts himself is told, before anything is installed. */
class ValuesIT {
    @ParameterizedTest
    @CsvSource({
        "BERTH, replicas=2, replicas",
        "BERTH, api.replica=2, replica",
        "BERTH, database.keys.owner=x, owner",
        "BERTH, api.autoscaling.max=3, max",
        "CLUSTER, schedular.replicas=2, schedular",
        "CLUSTER, parts.agent.replica=2, replica",
        "CLUSTER, partDefaults.resources.request.cpu=1, request",
        "CLUSTER, metrics.serviceMonitor.enable=true, enable",
    })
    void anUnknownKeyIsRefusedByName(Chart chart, String set, String key) {
        Command refused = chart.template("--set", set);
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("'" + key + "' not allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "BERTH, mode=other, /mode",
        "BERTH, service.port=0, /service/port",
        "BERTH, image.digest=latest, /image/digest",
        "CLUSTER, controlPlane.url=tunnel.example.com, /controlPlane/url",
        "CLUSTER, parts.Agent=null, Agent",
    })
    void aBadValueIsRefusedByPlace(Chart chart, String set, String place) {
        Command refused = chart.template("--set-json", json(set));
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains(place);
    }

    @ParameterizedTest
    @CsvSource({
        "BERTH, mode=split, Set database.host",
        "BERTH, database.host=pg, database.existingSecret",
        "BERTH, gatewayApi.enabled=true, gatewayApi.parentRefs",
        "CLUSTER, parts.grooper.replicas=1, add files/rbac/grooper.yaml to the chart",
    })
    void aContradictionIsRefusedWithTheWayOut(Chart chart, String set, String way) {
        Command refused = chart.template("--set", set);
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains(way);
    }

    @ParameterizedTest
    @CsvSource({"default", "kube-system"})
    void theClusterPartStaysInItsNamespace(String namespace) {
        Command refused = Chart.CLUSTER.template("--namespace", namespace);
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains("--namespace berth");
    }

    private static String json(String set) {
        int equals = set.indexOf('=');
        String value = set.substring(equals + 1);
        return set.substring(0, equals + 1) + (value.matches("\\d+|null") ? value : '"' + value + '"');
    }
}
