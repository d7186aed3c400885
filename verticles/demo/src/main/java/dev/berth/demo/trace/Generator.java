package dev.berth.demo.trace;

import dev.berth.k8s.simulated.NodeShape;
import dev.berth.model.PriorityClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A cluster and a workload mix of the openb trace's shape, made by seed from its published aggregates: the table of node
 * shapes, the shares of pod classes, and the quantiles of run times. For those who have no copy of the trace.
 */
public final class Generator {
    /** One row of the published table of node shapes. */
    private record Shape(String model, int gpus, int cores, int memoryGib, int count, long gpuMemoryMib) {}

    /** A class of pods with its share in thousandths. */
    private record PodClass(int share, int gpus, int gpuMilli, long cpuMilli, long memoryMib) {}

    private static final List<Shape> SHAPES = List.of(
            new Shape("G2", 8, 96, 384, 549, 40_960),
            new Shape("T4", 2, 104, 512, 387, 15_360),
            new Shape("T4", 4, 96, 384, 17, 15_360),
            new Shape("G3", 8, 128, 768, 39, 32_768),
            new Shape("P100", 2, 16, 120, 107, 16_384),
            new Shape("P100", 2, 64, 256, 22, 16_384),
            new Shape("P100", 1, 8, 60, 3, 16_384),
            new Shape("P100", 2, 8, 60, 2, 16_384),
            new Shape("V100M32", 8, 96, 768, 21, 32_768),
            new Shape("V100M32", 4, 48, 368, 9, 32_768),
            new Shape("V100M16", 4, 32, 128, 28, 16_384),
            new Shape("V100M16", 1, 8, 32, 19, 16_384),
            new Shape("V100M16", 8, 64, 256, 7, 16_384),
            new Shape("V100M16", 8, 82, 336, 1, 16_384),
            new Shape("A10", 1, 128, 1024, 2, 23_028));

    private static final List<PodClass> CLASSES = List.of(
            new PodClass(133, 0, 0, 12_500, 40_000),
            new PodClass(130, 1, 460, 6_000, 12_288),
            new PodClass(90, 1, 810, 8_000, 20_480),
            new PodClass(80, 1, 230, 3_200, 8_192),
            new PodClass(78, 1, 500, 5_000, 16_384),
            new PodClass(300, 1, 1000, 12_000, 16_384),
            new PodClass(180, 1, 1000, 8_000, 30_517),
            new PodClass(2, 2, 1000, 24_000, 65_536),
            new PodClass(2, 4, 1000, 48_000, 131_072),
            new PodClass(5, 8, 1000, 88_000, 262_144));

    private static final double[] QUANTILES = {0, 0.1, 0.5, 0.9, 0.99, 1};
    /** Run times in seconds at these quantiles, as published. */
    private static final double[] RUN_SECONDS = {12, 73, 616, 7_764, 95_767, 200_000};
    /** Shorter ones, so that on a small cluster somebody who looks on sees work come and go. */
    private static final double[] SHORT_SECONDS = {30, 45, 120, 400, 550, 600};

    private static final long SPAN_MILLIS = 33L * 24 * 3_600_000;

    private final SplittableRandom random;

    public Generator(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** The cluster of 1,213 nodes and 6,212 GPUs, and {@code count} pods. */
    public Trace openb(int count) {
        return new Trace("generated mix of the openb trace's shape", nodes(), pods("mix", count, RUN_SECONDS));
    }

    /** 12 nodes of 8 GPUs, and a mix with gangs of 2 to 8 workers. */
    public Trace borealis(int count) {
        List<NodeShape> nodes = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            nodes.add(
                    new NodeShape(String.format(Locale.ROOT, "b-%02d", i), 128_000, 1_048_576, 8, "A100", 81_920, ""));
        }
        return new Trace("generated mix with gangs", nodes, pods("job", count, SHORT_SECONDS));
    }

    private static List<NodeShape> nodes() {
        List<NodeShape> nodes = new ArrayList<>();
        for (Shape shape : SHAPES) {
            for (int i = 0; i < shape.count(); i++) {
                String name = String.format(Locale.ROOT, "openb-node-%04d", nodes.size());
                nodes.add(new NodeShape(
                        name,
                        shape.cores() * 1000L,
                        shape.memoryGib() * 1024L,
                        shape.gpus(),
                        shape.model(),
                        shape.gpuMemoryMib(),
                        ""));
            }
        }
        return nodes;
    }

    private List<TracePod> pods(String prefix, int count, double[] runSeconds) {
        boolean gangs = runSeconds == SHORT_SECONDS;
        List<TracePod> pods = new ArrayList<>(count);
        long at = 0;
        for (int i = 0; i < count; i++) {
            at += (long) (-Math.log(1 - random.nextDouble()) * SPAN_MILLIS / count);
            PodClass one = draw();
            int workers = gangs && one.gpuMilli() == 1000 && random.nextInt(8) == 0 ? 2 + random.nextInt(7) : 1;
            pods.add(new TracePod(
                    String.format(Locale.ROOT, "%s-%05d", prefix, i),
                    one.cpuMilli(),
                    one.memoryMib(),
                    one.gpus(),
                    one.gpuMilli(),
                    Set.of(),
                    random.nextInt(4) == 0 ? PriorityClass.INTERACTIVE_PREEMPTIBLE : PriorityClass.TRAIN,
                    workers,
                    at,
                    runMillis(runSeconds),
                    random.nextInt(20) == 0));
        }
        return pods;
    }

    private PodClass draw() {
        int left = random.nextInt(CLASSES.stream().mapToInt(PodClass::share).sum());
        for (PodClass one : CLASSES) {
            left -= one.share();
            if (left < 0) {
                return one;
            }
        }
        throw new IllegalStateException("shares do not add up");
    }

    /** Log-linear between the quantiles. */
    private long runMillis(double[] runSeconds) {
        double at = random.nextDouble();
        int above = 1;
        while (QUANTILES[above] < at) {
            above++;
        }
        double part = (at - QUANTILES[above - 1]) / (QUANTILES[above] - QUANTILES[above - 1]);
        double low = Math.log(runSeconds[above - 1]);
        double high = Math.log(runSeconds[above]);
        return (long) (Math.exp(low + part * (high - low)) * 1000);
    }
}
