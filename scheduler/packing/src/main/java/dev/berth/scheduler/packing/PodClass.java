package dev.berth.scheduler.packing;

import java.util.Comparator;

/**
 * What is popular or rare: pods that ask for the same CPU, the same part of as many GPUs, and the same models. Memory is
 * no part of it.
 *
 * @param spec admissible models separated by a bar, empty for any; two orders of the same models are two classes
 */
public record PodClass(int cpuMilli, int gpuMilli, int gpus, String spec) {
    /** Larger first in every component, as ties of popularity are broken. */
    static final Comparator<PodClass> LARGER_FIRST = Comparator.comparingInt(PodClass::cpuMilli)
            .thenComparingInt(PodClass::gpuMilli)
            .thenComparingInt(PodClass::gpus)
            .thenComparing(PodClass::spec)
            .reversed();

    /** GPU milli asked for in all. */
    public int totalMilli() {
        return gpus * gpuMilli;
    }

    /** Part of one GPU. */
    public boolean shared() {
        return gpus == 1 && gpuMilli < NodeShape.GPU;
    }

    public boolean admits(String model) {
        if (gpus == 0 || spec.isEmpty()) {
            return true;
        }
        int from = 0;
        while (from <= spec.length()) {
            int bar = spec.indexOf('|', from);
            int to = bar < 0 ? spec.length() : bar;
            if (to - from == model.length() && spec.startsWith(model, from)) {
                return true;
            }
            from = to + 1;
        }
        return false;
    }
}
