package dev.berth.k8s.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a queue deserves of one resource. */
@JsonIgnoreProperties(ignoreUnknown = true)
public final class Amount {
    /** In {@link #quota}: deserves whatever it asks for; in {@link #limit}: no limit. */
    public static final long UNLIMITED = -1;

    @JsonPropertyDescription("What is guaranteed; -1: everything that is asked for.")
    @Default("0")
    @Min(-1)
    public long quota;

    @JsonPropertyDescription("What is never exceeded; -1: no limit.")
    @Default("-1")
    @Min(-1)
    public long limit = UNLIMITED;

    @JsonPropertyDescription("Share of what is left over, relative to the siblings' weights.")
    @Default("1")
    @Min(0)
    @Max(1_000_000)
    public double overQuotaWeight = 1;

    public Amount() {}

    public Amount(long quota, long limit, double overQuotaWeight) {
        this.quota = quota;
        this.limit = limit;
        this.overQuotaWeight = overQuotaWeight;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Amount that
                && quota == that.quota
                && limit == that.limit
                && Double.compare(overQuotaWeight, that.overQuotaWeight) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(quota, limit, overQuotaWeight);
    }
}
