package dev.berth.scheduler.core.predicate;

import java.util.HashMap;
import java.util.Map;

/** What is left of one node: resources, ports, disks, attached volumes. Most nodes know only the first. */
final class Stock {
    private final NodeFacts facts;
    private final long[] free;
    private final Map<HostPort, Integer> ports = new HashMap<>();
    private final Map<Volumes.Disk, Integer> disks = new HashMap<>();
    private final Map<String, Integer> mounts = new HashMap<>();
    private final Map<String, Integer> attachedOfDriver = new HashMap<>();

    Stock(NodeFacts facts, Map<String, Integer> numbering) {
        this.facts = facts;
        this.free = new long[numbering.size()];
        numbering.forEach(
                (resource, number) -> free[number] = facts.allocatable().getOrDefault(resource, 0L));
        facts.attached().values().forEach(driver -> add(attachedOfDriver, driver, 1));
    }

    NodeFacts facts() {
        return facts;
    }

    /** By number of the resource; below zero where pods hold more than there is. */
    long[] free() {
        return free;
    }

    void take(PodFacts pod, Needs needs, int sign) {
        needs.take(free, sign);
        pod.ports().forEach(port -> add(ports, port, sign));
        pod.volumes().disks().forEach(disk -> add(disks, disk, sign));
        pod.volumes().attached().forEach((volume, driver) -> mount(volume, driver, sign));
    }

    private void mount(String volume, String driver, int sign) {
        boolean before = mounts(volume);
        add(mounts, volume, sign);
        if (before != mounts(volume) && !facts.attached().containsKey(volume)) {
            add(attachedOfDriver, driver, sign);
        }
    }

    static <K> void add(Map<K, Integer> counts, K key, int sign) {
        if (counts.merge(key, sign, Integer::sum) == 0) {
            counts.remove(key);
        }
    }

    boolean conflicts(HostPort port) {
        for (HostPort taken : ports.keySet()) {
            if (taken.conflicts(port)) {
                return true;
            }
        }
        return false;
    }

    boolean conflicts(Volumes.Disk disk) {
        boolean written = disks.containsKey(new Volumes.Disk(disk.name(), false));
        return written || (!disk.readOnly() && disks.containsKey(new Volumes.Disk(disk.name(), true)));
    }

    /** Whether a pod uses the volume here. */
    boolean mounts(String volume) {
        return mounts.containsKey(volume);
    }

    /** Volumes of the driver that are used, or still attached. */
    int attached(String driver) {
        return attachedOfDriver.getOrDefault(driver, 0);
    }
}
