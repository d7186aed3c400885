package dev.berth.k8s.grouper;

import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.grouper.rule.Decision;
import dev.berth.k8s.grouper.rule.Link;
import java.util.HashMap;
import java.util.Map;

/** A foreign owner whose work is shown, with those of its pods that were grouped. */
final class Shown {
    final ObjectKey workload;
    /** The owner when it was last asked for; the walk may know a newer one. */
    Link link;

    final Map<ObjectKey, Decision.Grouped> pods = new HashMap<>();

    Shown(ObjectKey workload, Link link) {
        this.workload = workload;
        this.link = link;
    }
}
