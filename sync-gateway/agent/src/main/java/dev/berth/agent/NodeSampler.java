package dev.berth.agent;

import dev.berth.model.Phase;
import dev.berth.tunnel.Limits;
import dev.berth.tunnel.v1.Sample;
import dev.berth.tunnel.v1.Samples;
import java.util.ArrayList;
import java.util.List;

/** The numbers of the cluster at one moment. Newest wins: whatever of them is lost is not sent again. */
final class NodeSampler {
    private static final String ALLOCATED = "gpu.allocated.milli";
    private static final String CAPACITY = "gpu.capacity.milli";
    private static final String RUNNING = "workloads.running";
    private static final String QUEUED = "workloads.queued";
    private static final String WHOLE_CLUSTER = "";

    private final GpuTally tally;

    NodeSampler(GpuTally tally) {
        this.tally = tally;
    }

    /** As many messages as it takes, the whole cluster first. */
    List<Samples> take(long nowMillis) {
        List<Sample> all = new ArrayList<>();
        all.add(sample(ALLOCATED, WHOLE_CLUSTER, tally.allocatedMilli()));
        all.add(sample(CAPACITY, WHOLE_CLUSTER, tally.capacityMilli()));
        all.add(sample(RUNNING, WHOLE_CLUSTER, tally.workloads(Phase.RUNNING)));
        all.add(sample(QUEUED, WHOLE_CLUSTER, tally.workloads(Phase.QUEUED)));
        tally.allocatedByNode().forEach((node, milli) -> all.add(sample(ALLOCATED, node, milli)));
        List<Samples> messages = new ArrayList<>();
        for (int from = 0; from < all.size(); from += Limits.SAMPLES) {
            messages.add(Samples.newBuilder()
                    .setAtMillis(nowMillis)
                    .addAllSamples(all.subList(from, Math.min(all.size(), from + Limits.SAMPLES)))
                    .build());
        }
        return messages;
    }

    private static Sample sample(String name, String subject, double value) {
        return Sample.newBuilder()
                .setName(name)
                .setSubject(subject)
                .setValue(value)
                .build();
    }
}
