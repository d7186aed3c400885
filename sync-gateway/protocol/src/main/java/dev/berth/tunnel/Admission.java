package dev.berth.tunnel;

/**
 * What the store says of a cluster whose HELLO was sound.
 *
 * @param storeId of the cluster's desired log
 * @param head the newest dseq of that log
 * @param observedCommitted the newest oseq of the agent's incarnation that is committed
 * @param observedBase the highest oseq that the store ever saw of the cluster
 * @param observedSnapshot whether the agent has to tell all there is
 */
public record Admission(
        long epoch,
        String storeId,
        long head,
        long observedCommitted,
        long observedBase,
        boolean observedSnapshot,
        boolean desiredSnapshot) {}
