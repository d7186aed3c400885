package dev.berth.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** Quantities as people say them. */
public final class Amounts {
    private static final long MIB_OF_GIB = 1024;

    private Amounts() {}

    /** Thousandths as a decimal number: 500 is 0.5. */
    public static String milli(long milli) {
        BigDecimal value = BigDecimal.valueOf(milli, 3).stripTrailingZeros();
        return value.signum() == 0 ? "0" : value.toPlainString();
    }

    public static String mib(long mib) {
        if (mib >= MIB_OF_GIB && mib % MIB_OF_GIB == 0) {
            return mib / MIB_OF_GIB + "Gi";
        }
        return mib >= 100 * MIB_OF_GIB ? mib / MIB_OF_GIB + "Gi" : mib + "Mi";
    }

    /** What all workers of a workload ask for: 0.5, 32, or 2x20Gi where it is a part of the memory. */
    public static String gpus(JsonNode spec) {
        JsonNode gpu = spec.at("/resources/gpu");
        long devices =
                gpu.path("devices").asLong() * Math.max(1, spec.path("workers").asLong(1));
        if (gpu.path("memoryMib").asLong() > 0) {
            return devices + "x" + mib(gpu.path("memoryMib").asLong());
        }
        long fraction = gpu.path("fractionMilli").asLong(1000);
        return milli(devices * fraction);
    }

    /** The GPU quotas of a project or department together; without bound is ∞. */
    public static String gpuQuota(JsonNode spec) {
        long sum = 0;
        for (JsonNode quota : spec.path("quotas")) {
            long one = quota.at("/gpuMilli/quota").asLong();
            if (one < 0) {
                return "∞";
            }
            sum += one;
        }
        return milli(sum);
    }
}
