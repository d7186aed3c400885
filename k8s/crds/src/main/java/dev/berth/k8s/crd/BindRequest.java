package dev.berth.k8s.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.berth.model.Labels;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler's decision about one pod that needs work before it can be bound: shared devices, claims or volumes. Named
 * after the pod's uid, so that a pod has one at most, and owned by the pod, so that it goes with it.
 */
@Group(Labels.GROUP)
@Version(Labels.VERSION)
@Kind("BindRequest")
@Singular("bindrequest")
@Plural("bindrequests")
@ShortNames("br")
@Categories("berth")
@AdditionalPrinterColumn(name = "Pod", jsonPath = ".spec.pod", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Node", jsonPath = ".spec.node", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.reason", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Attempts", jsonPath = ".status.attempts", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class BindRequest extends BerthResource<BindRequest.Spec, BindRequest.Status> implements Namespaced {
    /** {@link Status#phase}: the binder is at it. */
    public static final String PENDING = "Pending";
    /** {@link Status#phase}: the pod is bound. */
    public static final String SUCCEEDED = "Succeeded";
    /** {@link Status#phase}: given up; the scheduler decides anew. */
    public static final String FAILED = "Failed";

    private static final long serialVersionUID = 1L;

    @Override
    protected Spec initSpec() {
        return new Spec();
    }

    /** Never null: before anybody wrote one it is empty, which means Pending. */
    @Override
    protected Status initStatus() {
        return new Status();
    }

    /** What was decided; it never changes, as another decision is another request. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "self.node == oldSelf.node && self.podUid == oldSelf.podUid",
            message = "a decision does not change; delete it and make another")
    @ValidationRule(
            value = "!has(self.devices) || size(self.devices) == 0 || self.milliPerDevice > 0",
            message = "devices need milliPerDevice")
    @ValidationRule(
            value = "!has(self.migProfile) || self.migProfile == '' || (has(self.devices) && size(self.devices) == 1)",
            message = "a MIG profile is cut from exactly one device")
    public static final class Spec {
        @JsonPropertyDescription("Name of the pod, in the namespace of the request.")
        @Required
        @Size(min = 1, max = 253)
        public String pod = "";

        @JsonPropertyDescription("Its uid: a pod of the same name that was made later is another one.")
        @Required
        @Size(min = 1, max = 128)
        public String podUid = "";

        @JsonPropertyDescription("Name of the node to bind to.")
        @Required
        @Size(min = 1, max = 253)
        public String node = "";

        @JsonPropertyDescription("Devices of the node, as the scheduler counts them, of which the pod gets a part.")
        @Size(max = 64)
        public List<Integer> devices = new ArrayList<>();

        @JsonPropertyDescription("Thousandths of each device, 1 to 1000; 0 without devices.")
        @Default("0")
        @Min(0)
        @Max(1_000)
        public int milliPerDevice;

        @JsonPropertyDescription("Mebibytes of each device, where the pod asked by memory; else 0.")
        @Default("0")
        @Min(0)
        @Max(16_777_216)
        public long memoryMib;

        @JsonPropertyDescription("Profile of the MIG slice, such as 1g.10gb; empty: none.")
        @Pattern("^([1-9][0-9]{0,2}g\\.[1-9][0-9]{0,4}gb)?$")
        public String migProfile = "";

        @JsonPropertyDescription("Names of the ResourceClaims that the pod uses.")
        @Size(max = 64)
        public List<String> claims = new ArrayList<>();

        @JsonPropertyDescription("Names of the PersistentVolumeClaims that the pod mounts.")
        @Size(max = 256)
        public List<String> volumes = new ArrayList<>();

        @JsonPropertyDescription("Attempts after which it is given up.")
        @Default("5")
        @Min(1)
        @Max(100)
        public int backoffLimit = 5;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Spec that
                    && pod.equals(that.pod)
                    && podUid.equals(that.podUid)
                    && node.equals(that.node)
                    && devices.equals(that.devices)
                    && milliPerDevice == that.milliPerDevice
                    && memoryMib == that.memoryMib
                    && migProfile.equals(that.migProfile)
                    && claims.equals(that.claims)
                    && volumes.equals(that.volumes)
                    && backoffLimit == that.backoffLimit;
        }

        @Override
        public int hashCode() {
            return Objects.hash(pod, podUid, node, devices, milliPerDevice, claims, volumes);
        }
    }

    /** What the binder did so far. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public static final class Status {
        @JsonPropertyDescription("Pending, Succeeded or Failed.")
        @Pattern("^(Pending|Succeeded|Failed)?$")
        public String phase = "";

        @JsonPropertyDescription("Stable word for the last failure.")
        @Size(max = 64)
        public String reason = "";

        @JsonPropertyDescription("One sentence about the last failure.")
        @Size(max = 1024)
        public String message = "";

        @JsonPropertyDescription("Attempts that failed.")
        @Default("0")
        @Min(0)
        @Max(100)
        public int attempts;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Status that
                    && phase.equals(that.phase)
                    && reason.equals(that.reason)
                    && message.equals(that.message)
                    && attempts == that.attempts;
        }

        @Override
        public int hashCode() {
            return Objects.hash(phase, reason, message, attempts);
        }
    }
}
