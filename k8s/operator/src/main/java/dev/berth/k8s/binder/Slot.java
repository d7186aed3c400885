package dev.berth.k8s.binder;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * One device of a node as the scheduler counts them. Which of the node's real devices it is, is decided by the node's
 * kubelet, once, when the slot is reserved.
 */
record Slot(String node, int index) implements Comparable<Slot> {
    private static final int DIGITS = 16;

    static List<Slot> of(String node, List<Integer> devices) {
        return devices.stream().map(index -> new Slot(node, index)).toList();
    }

    /** Name of the pod that holds it: one name for one slot, so that two binders cannot hold two devices for it. */
    String podName() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest((node + "/" + index).getBytes(StandardCharsets.UTF_8));
            return "gpu-" + HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public int compareTo(Slot other) {
        int byNode = node.compareTo(other.node);
        return byNode != 0 ? byNode : Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return "GPU " + index + " of node " + node;
    }
}
