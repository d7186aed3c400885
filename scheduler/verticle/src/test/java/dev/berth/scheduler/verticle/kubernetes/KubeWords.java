package dev.berth.scheduler.verticle.kubernetes;

import dev.berth.scheduler.core.predicate.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words in which kube-scheduler gives the same reasons. */
final class KubeWords {
    private static final Pattern COUNTED = Pattern.compile("(\\d+) (.+?)(?=, \\d+ |\\. |\\.$|$)");

    private KubeWords() {}

    static List<String> of(Verdict.Refused refused) {
        if (refused instanceof Verdict.Short shortage) {
            return shortage.shortages().stream()
                    .map(one -> one.resource().equals("pods") ? "Too many pods" : "Insufficient " + one.resource())
                    .toList();
        }
        return List.of(word(refused));
    }

    private static String word(Verdict.Refused refused) {
        return switch (refused.getClass().getSimpleName()) {
            case "Cordoned" -> "node(s) were unschedulable";
            case "Tainted" -> "node(s) had untolerated taint(s)";
            case "LabelsDiffer" -> "node(s) didn't match Pod's node affinity/selector";
            case "PortTaken" -> "node(s) didn't have free ports for the requested pod ports";
            case "DiskInUse" -> "node(s) had no available disk";
            case "ClaimInUse" ->
                "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod";
            case "TooManyVolumes" -> "node(s) exceed max volume count";
            case "VolumeElsewhere" ->
                ((Verdict.VolumeElsewhere) refused).volume().contains("/")
                        ? "node(s) didn't find available persistent volumes to bind"
                        : "node(s) didn't match PersistentVolume's node affinity";
            case "OtherZone" -> "node(s) had no available volume zone";
            case "NoDomain" -> "node(s) didn't match pod topology spread constraints (missing required label)";
            case "Uneven" -> "node(s) didn't match pod topology spread constraints";
            case "NotBeside" -> "node(s) didn't match pod affinity rules";
            case "TooClose" -> "node(s) didn't match pod anti-affinity rules";
            case "Unwanted" -> "node(s) didn't satisfy existing pods anti-affinity rules";
            default -> "all nodes at once: " + refused.reason();
        };
    }

    /** The counts of a message; empty when it speaks of the pod as a whole, or leaves out why named nodes were passed over. */
    static Optional<Map<String, Integer>> counts(String message) {
        String rest = message.substring(message.indexOf(": ") + 2);
        if (!message.startsWith("0/")
                || !Character.isDigit(rest.charAt(0))
                || rest.contains("didn't satisfy plugin(s)")) {
            return Optional.empty();
        }
        Map<String, Integer> counts = new TreeMap<>();
        Matcher counted = COUNTED.matcher(rest);
        while (counted.find()) {
            counts.put(counted.group(2), Integer.parseInt(counted.group(1)));
        }
        counts.remove(RealScheduler.HELD_BACK);
        return Optional.of(counts);
    }
}
