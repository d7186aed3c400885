package dev.berth.scheduler.core;

import dev.berth.model.Resources;
import java.util.Locale;

/** A resource that is divided on its own. */
public enum Dimension {
    GPU("gpuMilli", Devices.WHOLE),
    CPU("cpuMilli", 1),
    MEMORY("memoryMib", 1);

    public static final Dimension[] ALL = values();

    private final String field;
    private final long unit;

    Dimension(String field, long unit) {
        this.field = field;
        this.unit = unit;
    }

    /** What quotas call it. */
    public String field() {
        return field;
    }

    /** The amount in the unit of {@link #field}, rounded up. */
    public long inField(long amount) {
        return this == MEMORY && amount != Amount.UNLIMITED ? (amount + Resources.MIB - 1) / Resources.MIB : amount;
    }

    /** The piece in which over-quota capacity is handed out: whole GPUs, single thousandths of cores, single bytes. */
    public long unit() {
        return unit;
    }

    public long of(Resources resources) {
        return switch (this) {
            case GPU -> resources.gpuMilli();
            case CPU -> resources.cpuMilli();
            case MEMORY -> resources.memoryBytes();
        };
    }

    public Amount of(Quota quota) {
        return switch (this) {
            case GPU -> quota.gpuMilli();
            case CPU -> quota.cpuMilli();
            case MEMORY -> quota.memoryBytes();
        };
    }

    /** The quota with another amount of this. */
    public Quota with(Quota quota, Amount amount) {
        return switch (this) {
            case GPU -> new Quota(quota.priority(), amount, quota.cpuMilli(), quota.memoryBytes());
            case CPU -> new Quota(quota.priority(), quota.gpuMilli(), amount, quota.memoryBytes());
            case MEMORY -> new Quota(quota.priority(), quota.gpuMilli(), quota.cpuMilli(), amount);
        };
    }

    /** The amount as a person says it: {@code 1.5 GPUs}, {@code 4 cores}, {@code 12 GiB}. */
    public String say(long amount) {
        if (amount == Amount.UNLIMITED) {
            return "unlimited";
        }
        return switch (this) {
            case GPU -> amount == Devices.WHOLE ? "1 GPU" : decimal(amount, 1000) + " GPUs";
            case CPU -> amount == 1000 ? "1 core" : decimal(amount, 1000) + " cores";
            case MEMORY ->
                amount % (Resources.MIB * 1024) == 0 || amount > 100 * Resources.MIB * 1024
                        ? decimal(amount, Resources.MIB * 1024) + " GiB"
                        : decimal(amount, Resources.MIB) + " MiB";
        };
    }

    private static String decimal(long amount, long unit) {
        if (amount % unit == 0) {
            return Long.toString(amount / unit);
        }
        String text = String.format(Locale.ROOT, "%.3f", (double) amount / unit);
        return text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
