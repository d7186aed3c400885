package dev.berth.model;

/** Keys of KAI and Run:ai that are understood on input, so that YAML written for them runs unchanged. Never written. */
public final class ForeignLabels {
    public static final String KAI_QUEUE = "kai.scheduler/queue";
    public static final String RUNAI_QUEUE = "runai/queue";
    public static final String PROJECT = "project";
    public static final String KAI_NODE_POOL = "kai.scheduler/node-pool";
    public static final String RUNAI_NODE_POOL = "runai/node-pool";
    public static final String PRIORITY_CLASS_NAME = "priorityClassName";
    public static final String KAI_PRIORITY = "kai.scheduler/priority";
    public static final String KAI_PREEMPTIBILITY = "kai.scheduler/preemptibility";
    public static final String KAI_TOPOLOGY = "kai.scheduler/topology";
    public static final String KAI_TOPOLOGY_REQUIRED = "kai.scheduler/topology-required-placement";
    public static final String KAI_TOPOLOGY_PREFERRED = "kai.scheduler/topology-preferred-placement";

    /** Part of one GPU, more than 0 and less than 1, as {@code 0.5}. */
    public static final String GPU_FRACTION = "gpu-fraction";
    /** MiB of GPU memory. */
    public static final String GPU_MEMORY = "gpu-memory";
    /** Devices over which a part or memory goes. */
    public static final String GPU_DEVICES = "gpu-fraction-num-devices";

    private ForeignLabels() {}
}
