package dev.berth.k8s.grouper.rule;

import dev.berth.k8s.adapter.Adapter;
import dev.berth.k8s.adapter.Trees;
import dev.berth.k8s.crd.TopologyWish;
import dev.berth.model.ForeignLabels;
import dev.berth.model.GpuKeys;
import dev.berth.model.Labels;
import dev.berth.model.PriorityClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What labels and annotations say. The pod is asked first, then its owners upwards, at last the namespace; at one level
 * Berth's own key goes before a foreign one. A value that means nothing counts as absent and is told.
 */
final class Facts {
    static final String BAD_LABEL = "BadLabel";
    private static final int MAX_PRIORITY = 1_000_000;
    private static final int MAX_LEVEL = 316;

    private final Chain chain;
    private final Surroundings around;
    private final List<Warning> warnings = new ArrayList<>();

    Facts(Chain chain, Surroundings around) {
        this.chain = chain;
        this.around = around;
        GpuKeys.read(texts("labels"), texts("annotations"))
                .problems()
                .forEach(problem -> warnings.add(new Warning(BAD_LABEL, problem)));
    }

    private Map<String, String> texts(String part) {
        Map<String, String> texts = new HashMap<>();
        Trees.map(Trees.map(chain.pod().tree().get("metadata")).get(part)).forEach((key, value) -> {
            if (value instanceof String text) {
                texts.put(key, text);
            }
        });
        return texts;
    }

    List<Warning> warnings() {
        return warnings;
    }

    /**
     * The project that pays. Where the namespace belongs to one, nobody may name another: a label must not spend what
     * others were given. Elsewhere the first name that is a project, else the first name.
     */
    String project(@Nullable Adapter adapter, Link owner) {
        String namespace = around.projectOf(chain.pod().key().namespace());
        List<String> named = all(
                List.of(Labels.PROJECT, ForeignLabels.KAI_QUEUE, ForeignLabels.RUNAI_QUEUE, ForeignLabels.PROJECT),
                true);
        if (adapter != null) {
            String own = adapter.queue(owner.tree());
            if (!own.isEmpty()) {
                named.add(own);
            }
        }
        if (!namespace.isEmpty()) {
            if (!named.isEmpty() && !named.contains(namespace)) {
                warnings.add(new Warning(
                        BAD_LABEL,
                        "The namespace belongs to project " + namespace + ", which pays whatever labels say."));
            }
            return namespace;
        }
        return named.stream()
                .filter(around::projectExists)
                .findFirst()
                .orElse(named.isEmpty() ? Labels.DEFAULT_POOL : named.get(0));
    }

    String nodePool() {
        List<String> named =
                all(List.of(Labels.NODE_POOL, ForeignLabels.KAI_NODE_POOL, ForeignLabels.RUNAI_NODE_POOL), true);
        for (String name : named) {
            if (name.equals(Labels.DEFAULT_POOL) || around.poolExists(name)) {
                return name;
            }
        }
        if (!named.isEmpty()) {
            warnings.add(new Warning(BAD_LABEL, "There is no node pool of the name that the label gives."));
        }
        return Labels.DEFAULT_POOL;
    }

    /** The value of the class: its words, those of Run:ai, or the class of the pod itself. */
    int priority(@Nullable Adapter adapter, Link owner) {
        List<String> named =
                all(List.of(Labels.PRIORITY, ForeignLabels.KAI_PRIORITY, ForeignLabels.PRIORITY_CLASS_NAME), true);
        if (adapter != null) {
            named.add(adapter.priorityName(owner.tree()));
        }
        String ofPod = Trees.text(chain.pod().tree(), "spec", "priorityClassName");
        named.add(ofPod);
        for (String name : named) {
            Optional<Integer> value = value(name);
            if (value.isEmpty() && !name.isEmpty() && name.equals(ofPod)) {
                value = podsOwn();
            }
            if (value.isPresent()) {
                return value.get();
            }
        }
        return (adapter == null ? PriorityClass.TRAIN : adapter.priority()).value();
    }

    private static Optional<Integer> value(String name) {
        try {
            return name.isEmpty()
                    ? Optional.empty()
                    : Optional.of(PriorityClass.of(name).value());
        } catch (IllegalArgumentException unknownWord) {
            return Optional.empty();
        }
    }

    private Optional<Integer> podsOwn() {
        Object priority = Trees.map(chain.pod().tree().get("spec")).get("priority");
        return priority instanceof Long number
                ? Optional.of((int) Math.max(0, Math.min(MAX_PRIORITY, number)))
                : Optional.empty();
    }

    boolean preemptible(int priority) {
        String word = first(List.of(Labels.PREEMPTIBLE, ForeignLabels.KAI_PREEMPTIBILITY), false, Facts::saysWhether);
        return switch (word) {
            case "true", "preemptible", "semi", "semi-preemptible" -> true;
            case "false", "non-preemptible" -> false;
            default -> priority < PriorityClass.BUILD.value();
        };
    }

    private static boolean saysWhether(String word) {
        return List.of("true", "false", "semi", "preemptible", "non-preemptible", "semi-preemptible")
                .contains(word);
    }

    /** Pods without which none starts, where somebody says so; 0: nobody does. */
    int gangMin() {
        String text = first(List.of(Labels.GANG_MIN), false, value -> true);
        if (text.isEmpty()) {
            return 0;
        }
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1) {
            return Math.min(Integer.parseInt(text), Grouping.MAX_MEMBERS);
        }
        warnings.add(new Warning(BAD_LABEL, "Expected a whole number of 1 or more in " + Labels.GANG_MIN + "."));
        return 0;
    }

    @Nullable
    TopologyWish topology() {
        TopologyWish wish = new TopologyWish();
        Predicate<String> fits = value -> value.length() <= MAX_LEVEL;
        wish.name = first(List.of(Labels.TOPOLOGY, ForeignLabels.KAI_TOPOLOGY), false, value -> value.length() <= 253);
        wish.required = first(List.of(Labels.TOPOLOGY_REQUIRED, ForeignLabels.KAI_TOPOLOGY_REQUIRED), false, fits);
        wish.preferred = first(List.of(Labels.TOPOLOGY_PREFERRED, ForeignLabels.KAI_TOPOLOGY_PREFERRED), false, fits);
        return wish.name.isEmpty() && wish.required.isEmpty() && wish.preferred.isEmpty() ? null : wish;
    }

    private String first(List<String> keys, boolean labelsOnly, Predicate<String> valid) {
        return all(keys, labelsOnly).stream().filter(valid).findFirst().orElse("");
    }

    private List<String> all(List<String> keys, boolean labelsOnly) {
        List<String> values = new ArrayList<>();
        for (Link link : chain.links()) {
            for (String key : keys) {
                String label = link.label(key);
                String value = label.isEmpty() && !labelsOnly ? link.annotation(key) : label;
                if (!value.isEmpty()) {
                    values.add(value);
                }
            }
        }
        return values;
    }
}
