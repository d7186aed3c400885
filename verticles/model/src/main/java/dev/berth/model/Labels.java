package dev.berth.model;

/** Every label and annotation key that Berth writes or reads, once. */
public final class Labels {
    public static final String GROUP = "berth.dev";
    public static final String VERSION = "v1alpha1";
    public static final String SCHEDULER_NAME = "berth-scheduler";
    public static final String NAMESPACE_PREFIX = "berth-p-";
    public static final String DEFAULT_POOL = "default";

    public static final String PROJECT = "berth.dev/project";
    public static final String WORKLOAD = "berth.dev/workload";
    public static final String WORKLOAD_ID = "berth.dev/workload-id";
    public static final String POD_GROUP = "berth.dev/pod-group";
    /** Part of its group that a pod belongs to. */
    public static final String SUB_GROUP = "berth.dev/sub-group";
    /** Priority class of a foreign workload: train, interactive-preemptible, build or inference. */
    public static final String PRIORITY = "berth.dev/priority";
    /** Whether others may take a foreign workload's resources: true or false. */
    public static final String PREEMPTIBLE = "berth.dev/preemptible";
    /** Pods of a foreign workload without which none starts. */
    public static final String GANG_MIN = "berth.dev/gang-min";
    /** Topology in which a group wishes to be close, and the levels that it needs and would like. */
    public static final String TOPOLOGY = "berth.dev/topology";

    public static final String TOPOLOGY_REQUIRED = "berth.dev/topology-required";
    public static final String TOPOLOGY_PREFERRED = "berth.dev/topology-preferred";
    public static final String NODE_POOL = "berth.dev/node-pool";
    public static final String DESIRED_SEQUENCE = "berth.dev/dseq";

    /** Thousandths of one GPU that the pod asks for on each device, 1 to 999. */
    public static final String GPU_FRACTION_MILLI = "berth.dev/gpu-fraction-milli";
    /** MiB of GPU memory that the pod asks for on each device. */
    public static final String GPU_MEMORY_MIB = "berth.dev/gpu-memory-mib";
    /** Devices over which a fraction or memory request goes; default 1. */
    public static final String GPU_DEVICES = "berth.dev/gpu-devices";
    /** The same as a part of 1, such as {@code 0.5}, as people write it. */
    public static final String GPU_FRACTION = "berth.dev/gpu-fraction";
    /** The same memory as people write it: {@code 4096}, {@code 4096Mi} or {@code 4Gi}. */
    public static final String GPU_MEMORY_REQUEST = "berth.dev/gpu-memory";
    /** Indices of the devices that the scheduler chose, as {@code 0,3}; written with the binding. */
    public static final String ASSIGNED_GPUS = "berth.dev/assigned-gpus";
    /** Thousandths of each assigned device; written with the binding. */
    public static final String ASSIGNED_GPU_MILLI = "berth.dev/assigned-gpu-milli";

    public static final String GPU_RESOURCE = "nvidia.com/gpu";
    public static final String GPU_MODEL = "nvidia.com/gpu.product";
    public static final String GPU_MEMORY = "nvidia.com/gpu.memory";

    /** How long a pod runs on a simulated kubelet, in milliseconds; absent: until it is stopped. */
    public static final String SIMULATED_RUN_MILLIS = "simulated.berth.dev/run-millis";
    /** {@code failed} makes the simulated pod end as Failed; anything else as Succeeded. */
    public static final String SIMULATED_OUTCOME = "simulated.berth.dev/outcome";

    private Labels() {}
}
