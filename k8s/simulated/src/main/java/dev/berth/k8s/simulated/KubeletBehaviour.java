package dev.berth.k8s.simulated;

/**
 * How simulated kubelets behave.
 *
 * @param startDelayMillis from binding to Running, at least
 * @param startJitterMillis added to it, drawn by seed from 0 to this
 * @param stopMillis how long containers take to end when a pod is deleted, at most its grace
 * @param seed of the jitter
 */
public record KubeletBehaviour(long startDelayMillis, long startJitterMillis, long stopMillis, long seed) {
    public static KubeletBehaviour startingAfter(long startDelayMillis) {
        return new KubeletBehaviour(startDelayMillis, 0, 0, 1);
    }
}
