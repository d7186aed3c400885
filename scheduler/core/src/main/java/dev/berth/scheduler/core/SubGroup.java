package dev.berth.scheduler.core;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a group: pod sets and further parts, to any depth. The root stands for the whole group.
 *
 * @param bound holds for all tasks at or below
 */
public record SubGroup(String name, TopologyBound bound, List<PodSet> podSets, List<SubGroup> groups) {
    public SubGroup {
        podSets = List.copyOf(podSets);
        groups = List.copyOf(groups);
    }

    /** A group without parts. */
    public static SubGroup flat(int minimum) {
        return new SubGroup(
                "", TopologyBound.NONE, List.of(new PodSet(PodSet.DEFAULT, minimum, TopologyBound.NONE)), List.of());
    }

    /** All pod sets at or below: those of the parts first. */
    public List<PodSet> allPodSets() {
        List<PodSet> all = new ArrayList<>();
        groups.forEach(group -> all.addAll(group.allPodSets()));
        all.addAll(podSets);
        return all;
    }
}
