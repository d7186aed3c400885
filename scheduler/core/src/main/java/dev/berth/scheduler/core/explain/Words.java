package dev.berth.scheduler.core.explain;

import dev.berth.scheduler.core.Dimension;
import dev.berth.scheduler.core.Request;
import java.util.ArrayList;
import java.util.List;

/** Says requests as a person would. */
final class Words {
    private Words() {}

    /** {@code 2 GPUs of G2 or G3, 8 cores and 32 GiB}. */
    static String of(Request request) {
        List<String> parts = new ArrayList<>();
        if (request.gpu().devices() > 0) {
            String models = request.gpuModels().isEmpty() ? "" : " of " + String.join(" or ", request.gpuModels());
            parts.add(gpus(request) + models);
        }
        if (request.cpuMilli() > 0) {
            parts.add(Dimension.CPU.say(request.cpuMilli()));
        }
        if (request.memoryBytes() > 0) {
            parts.add(Dimension.MEMORY.say(request.memoryBytes()));
        }
        if (!request.nodeSelector().isEmpty()) {
            parts.add("labels " + request.nodeSelector());
        }
        return parts.isEmpty() ? "no request" : String.join(", ", parts);
    }

    private static String gpus(Request request) {
        return request.gpu()
                .match(
                        whole -> whole.devices() == 1 ? "1 GPU" : whole.devices() + " GPUs",
                        fraction -> fraction.devices() == 1
                                ? Dimension.GPU.say(fraction.milli())
                                : Dimension.GPU.say(fraction.milli()) + " on each of " + fraction.devices()
                                        + " devices",
                        memory -> memory.mib() + " MiB on "
                                + (memory.devices() == 1 ? "a GPU" : "each of " + memory.devices() + " GPUs"));
    }
}
