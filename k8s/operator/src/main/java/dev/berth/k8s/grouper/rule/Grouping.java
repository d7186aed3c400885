package dev.berth.k8s.grouper.rule;

import dev.berth.k8s.adapter.Adapter;
import dev.berth.k8s.adapter.AdapterFailure;
import dev.berth.k8s.adapter.GroupShape;
import dev.berth.k8s.adapter.PodPlace;
import dev.berth.k8s.adapter.RoleCount;
import dev.berth.k8s.adapter.RoleShape;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.crd.SubGroup;
import dev.berth.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which group a pod belongs to. An {@link AdapterFailure} says that there is no answer yet. */
public final class Grouping {
    static final int MAX_MEMBERS = 10_000;

    private final Chain chain;
    private final Surroundings around;
    private final Facts facts;

    private Grouping(Chain chain, Surroundings around) {
        this.chain = chain;
        this.around = around;
        this.facts = new Facts(chain, around);
    }

    public static Decision decide(Chain chain, Surroundings around) {
        return new Grouping(chain, around).decide();
    }

    private Decision decide() {
        int owner = owner();
        Link link = chain.links().get(owner);
        Optional<Adapter> adapter = around.adapter(link.kind());
        if (adapter.isPresent() && adapter.get().ownerAs() == Adapter.OwnerAs.IGNORE) {
            return new Decision.LeftAlone(new Warning(
                    "NotQueued", "Pods of a " + link.kind().kind() + " are not queued; give them another scheduler."));
        }
        Map<PodPlace, RoleCount> counts = around.counts(link.uid());
        GroupShape shape = adapter.map(one -> one.group(link.tree(), chain.pod().tree(), counts))
                .orElseGet(() -> new GroupShape(GroupShape.Unit.WORKLOAD, "", 1, List.of(), ""));
        int wanted = adapter.map(one -> one.roles(link.tree(), counts).stream()
                        .mapToInt(RoleShape::pods)
                        .reduce(0, (sum, pods) -> Math.min(MAX_MEMBERS, sum + pods)))
                .orElse(0);
        Link shown = shown(owner);
        String workload = Names.of(shown.kind().kind() + "-" + shown.key().name(), shown.uid(), "");
        PodGroup.Spec group = group(adapter, link, shape);
        group.workload = workload;
        String given = chain.pod().label(Labels.POD_GROUP);
        String name = given.isEmpty() ? name(link, shape) : given;
        if (ofOne(shape) && !name.equals(name(link, shape))) {
            // Somebody named the group: pods of that name are to meet, as many as they say.
            group.minMember = Math.max(1, facts.gangMin());
        }
        List<Warning> warnings = new ArrayList<>(chain.warnings());
        warnings.addAll(facts.warnings());
        return new Decision.Grouped(
                name, group, shape.part(), ofOne(shape) ? chain.pod() : link, shown, workload, wanted, warnings);
    }

    private static boolean ofOne(GroupShape shape) {
        return shape.unit() == GroupShape.Unit.POD;
    }

    private String name(Link owner, GroupShape shape) {
        return ofOne(shape)
                ? Names.of(chain.pod().key().name(), chain.pod().uid(), "")
                : Names.of(
                        shape.key().isEmpty() ? owner.key().name() : owner.key().name() + "-" + shape.key(),
                        owner.uid(),
                        shape.key());
    }

    /**
     * Index of what forms the group: the highest owner of a kind that is known and not passed through. Only where none
     * is known the highest owner of all; the pod itself where all owners are passed through.
     */
    private int owner() {
        int top = top();
        boolean unknown = false;
        for (int i = top; i > 0; i--) {
            Optional<Adapter> adapter = around.adapter(chain.links().get(i).kind());
            if (adapter.isPresent() && adapter.get().ownerAs() != Adapter.OwnerAs.PASS_THROUGH) {
                return i;
            }
            unknown |= adapter.isEmpty();
        }
        if (!unknown) {
            return 0;
        }
        for (int i = top; i > 0; i--) {
            if (around.adapter(chain.links().get(i).kind()).isEmpty()) {
                return i;
            }
        }
        return 0;
    }

    private int top() {
        for (int i = 0; i < chain.links().size(); i++) {
            if (around.adapter(chain.links().get(i).kind())
                    .map(Adapter::ownerStop)
                    .orElse(false)) {
                return i;
            }
        }
        return chain.links().size() - 1;
    }

    /** The highest object that can be stopped, or whose status is understood; else what forms the group. */
    private Link shown(int owner) {
        for (int i = top(); i > owner; i--) {
            if (around.adapter(chain.links().get(i).kind()).map(Adapter::shows).orElse(false)) {
                return chain.links().get(i);
            }
        }
        return chain.links().get(owner);
    }

    private PodGroup.Spec group(Optional<Adapter> adapter, Link owner, GroupShape shape) {
        PodGroup.Spec group = new PodGroup.Spec();
        group.queue = facts.project(adapter.orElse(null), owner);
        group.nodePool = facts.nodePool();
        group.priority = facts.priority(adapter.orElse(null), owner);
        group.preemptible = facts.preemptible(group.priority);
        group.minMember = ofOne(shape) ? 1 : minMember(shape);
        group.topology = facts.topology();
        shape.parts().forEach(part -> {
            SubGroup sub = new SubGroup();
            sub.name = part.name();
            sub.minMember = part.min();
            sub.maxMember = part.max();
            group.subGroups.add(sub);
        });
        return group;
    }

    private int minMember(GroupShape shape) {
        int asked = facts.gangMin();
        return asked > 0 ? asked : shape.min();
    }
}
