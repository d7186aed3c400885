package dev.berth.scheduler.verticle.kubernetes;

import static dev.berth.scheduler.verticle.kubernetes.Draw.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.scheduler.core.predicate.NodeFacts;
import dev.berth.scheduler.core.predicate.Population;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.storage.CSINode;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.VolumeAttachment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One random cluster of a seed, made for real, and what was read of it. */
final class RandomWorld {
    private final KubernetesClient client;
    private final String prefix;
    private final Draw draw;
    private final List<String> namespaces;
    private final Map<String, Map<String, String>> labelsOfNamespaces = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Pod> placed = new ArrayList<>();
    private final Map<String, Pod> asked = new HashMap<>();
    private final RandomPods pods;
    private final Storage storage;

    RandomWorld(KubernetesClient client, long seed) {
        this.client = client;
        this.prefix = "w" + seed;
        this.draw = new Draw(seed);
        this.namespaces = List.of(prefix + "-red", prefix + "-blue", prefix + "-green");
        RandomNodes drawn = new RandomNodes(draw, prefix);
        List<Node> wanted = drawn.nodes();
        this.pods = new RandomPods(draw, wanted, namespaces);
        create(namespaces())
                .forEach(one -> labelsOfNamespaces.put(
                        one.getMetadata().getName(), one.getMetadata().getLabels()));
        this.storage =
                new Storage(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>(), new ArrayList<>());
        create(new RandomStorage(draw, prefix).objects(namespaces, wanted)).forEach(this::remember);
        create(drawn.drivers(wanted)).forEach(this::remember);
        makeNodes(wanted);
        placePods();
    }

    private List<Namespace> namespaces() {
        return namespaces.stream()
                .map(name -> Draw.object(
                        Namespace.class,
                        map(
                                "metadata",
                                map("name", name, "labels", map("team", name.endsWith("red") ? "red" : "else")))))
                .toList();
    }

    private <T extends HasMetadata> List<T> create(List<T> all) {
        return stream(all).map(one -> client.resource(one).create()).toList();
    }

    private static <T> Stream<T> stream(List<T> all) {
        return all.parallelStream();
    }

    private void remember(HasMetadata object) {
        String name = object.getMetadata().getName();
        if (object instanceof PersistentVolumeClaim claim) {
            storage.claims().put(claim.getMetadata().getNamespace() + "/" + name, claim);
        } else if (object instanceof PersistentVolume volume) {
            storage.volumes().put(name, volume);
        } else if (object instanceof StorageClass storageClass) {
            storage.classes().put(name, storageClass);
        } else if (object instanceof CSINode drivers) {
            storage.drivers().put(name, drivers);
        } else if (object instanceof VolumeAttachment attachment) {
            storage.attachments().add(attachment);
        }
    }

    /** The API server taints each new node, so its taints are written a second time. */
    private void makeNodes(List<Node> wanted) {
        nodes.addAll(stream(wanted)
                .map(node -> {
                    client.resource(node).create();
                    return client.nodes()
                            .withName(node.getMetadata().getName())
                            .patch(
                                    PatchContext.of(PatchType.JSON_MERGE),
                                    Serialization.asJson(map(
                                            "spec", map("taints", node.getSpec().getTaints()))));
                })
                .toList());
    }

    /** Some of them have ended, which frees their room, and some are leaving, which does not yet. */
    private void placePods() {
        List<Pod> wanted = new ArrayList<>();
        for (Node node : nodes) {
            wanted.addAll(draw.times(
                    draw.between(0, 6), () -> pods.placed(node.getMetadata().getName())));
        }
        List<Pod> made = create(wanted);
        for (Pod pod : made) {
            if (draw.chance(4)) {
                end(pod);
            } else {
                placed.add(draw.chance(5) ? leave(pod) : pod);
            }
        }
    }

    private void end(Pod pod) {
        client.resource(pod).editStatus(now -> {
            now.setStatus(new PodStatusBuilder().withPhase("Succeeded").build());
            return now;
        });
    }

    private Pod leave(Pod pod) {
        client.resource(pod).withGracePeriod(3_600).delete();
        return client.resource(pod).get();
    }

    /** Waiting pods, each with the predicate that it is about. */
    Map<Pod, Predicate> ask(int count) {
        List<Predicate> focuses = new ArrayList<>();
        List<Pod> wanted = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Predicate focus = Predicate.values()[i % (Predicate.values().length - (i >= 20 ? 1 : 0))];
            focuses.add(focus);
            wanted.add(pods.waiting(focus));
        }
        List<Pod> made = create(wanted);
        Map<Pod, Predicate> waiting = new LinkedHashMap<>();
        for (int i = 0; i < made.size(); i++) {
            waiting.put(made.get(i), focuses.get(i));
            asked.put(made.get(i).getMetadata().getName(), wanted.get(i));
        }
        return waiting;
    }

    /** The same pod under another name, in place of the one that was asked about. */
    Pod askAgain(Pod pod) {
        client.resource(pod).withGracePeriod(0).delete();
        String name = pod.getMetadata().getName();
        return client.resource(new PodBuilder(asked.get(name))
                        .editMetadata()
                        .withName("again-" + name)
                        .endMetadata()
                        .build())
                .create();
    }

    Population population() {
        List<NodeFacts> facts =
                nodes.stream().map(node -> NodeFactsReading.read(node, storage)).toList();
        Population population = new Population(facts, labelsOfNamespaces);
        Map<String, Integer> numbers = new HashMap<>();
        for (int node = 0; node < facts.size(); node++) {
            numbers.put(facts.get(node).name(), node);
        }
        for (Pod pod : placed) {
            population.place(
                    population.constraints(PodFactsReading.read(pod, storage)),
                    numbers.get(pod.getSpec().getNodeName()));
        }
        return population;
    }

    Storage storage() {
        return storage;
    }

    List<String> namespaceNames() {
        return namespaces;
    }

    /** Claims and volumes stay, as nobody is here who would let them go; their names are never used again. */
    void remove() {
        Map<String, Object> atOnce = map("apiVersion", "v1", "kind", "DeleteOptions", "gracePeriodSeconds", 0);
        namespaces.forEach(namespace -> client.raw("/api/v1/namespaces/" + namespace + "/pods", "DELETE", atOnce));
        client.raw("/api/v1/nodes", "DELETE", atOnce);
        assertThat(client.nodes().list().getItems()).isEmpty();
    }
}
