package dev.berth.k8s.binder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.k8s.crd.BindRequest;
import dev.berth.model.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaim;
import io.fabric8.kubernetes.api.model.resource.v1.ResourceClaimBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** From what exists to the one thing to do next. */
class NextStepTest {
    private static final Slot SLOT = new Slot("node-1", 3);

    private final BindRequest request = new BindRequest();
    private final Map<Slot, Reservation> held = new HashMap<>();
    private final Map<String, PersistentVolumeClaim> volumes = new HashMap<>();
    private final Map<String, Boolean> late = new HashMap<>();
    private final Map<String, ResourceClaim> claims = new HashMap<>();
    private @Nullable Pod pod = pod("");
    private @Nullable ConfigMap configMap;

    NextStepTest() {
        request.getSpec().pod = "train-0";
        request.getSpec().podUid = "uid-1";
        request.getSpec().node = "node-1";
    }

    @Test
    void aPodThatIsNotThereOrIsAnotherOneIsGivenUp() {
        pod = null;
        assertThat(step()).isEqualTo(new Step.GiveUp("PodGone", "The pod is not there any more."));
        pod = new PodBuilder(pod(""))
                .editMetadata()
                .withUid("uid-2")
                .endMetadata()
                .build();
        assertThat(step()).isInstanceOf(Step.GiveUp.class);
    }

    @Test
    void aPodThatIsBoundAsDecidedIsDoneAndElsewhereIsGivenUp() {
        pod = pod("node-1");
        assertThat(step()).isEqualTo(new Step.Bound());
        pod = pod("node-2");
        assertThat(step()).isEqualTo(new Step.GiveUp("BoundElsewhere", "The pod is bound to node node-2."));
    }

    @Test
    void aPodThatNeedsNothingIsBound() {
        assertThat(step()).isEqualTo(new Step.Bind(Map.of()));
    }

    @Test
    void aSharedDeviceIsHeldThenKnownThenToldAndThenThePodIsBound() {
        shares();
        assertThat(step()).isEqualTo(new Step.Reserve(SLOT));
        held.put(SLOT, new Reservation(SLOT, "", false, ""));
        assertThat(step()).isInstanceOfSatisfying(Step.Await.class, await -> assertThat(await.reason())
                .isEqualTo("DeviceUnknown"));
        held.put(SLOT, new Reservation(SLOT, "GPU-7", false, ""));
        assertThat(step()).isEqualTo(new Step.Configure("berth-gpu-1", "GPU-7"));
        configMap = configMap("uid-1", "GPU-7");
        assertThat(step())
                .isEqualTo(new Step.Bind(Map.of(
                        Labels.ASSIGNED_GPUS, "3",
                        Labels.ASSIGNED_GPU_MILLI, "500",
                        Labels.ASSIGNED_GPU_UUIDS, "GPU-7")));
    }

    @Test
    void aDeviceThatBecameAnotherOneIsToldAnew() {
        shares();
        held.put(SLOT, new Reservation(SLOT, "GPU-8", false, ""));
        configMap = configMap("uid-1", "GPU-7");
        assertThat(step()).isEqualTo(new Step.Configure("berth-gpu-1", "GPU-8"));
    }

    @Test
    void aReservationThatLeavesIsAwaitedAndOneThatGotNoDeviceIsDiscarded() {
        shares();
        held.put(SLOT, new Reservation(SLOT, "GPU-7", true, ""));
        assertThat(step()).isInstanceOf(Step.Await.class);
        held.put(SLOT, new Reservation(SLOT, "", false, "UnexpectedAdmissionError"));
        assertThat(step()).isEqualTo(new Step.Discard(SLOT));
    }

    @Test
    void aConfigMapOfSomebodyElseIsNeverWritten() {
        shares();
        held.put(SLOT, new Reservation(SLOT, "GPU-7", false, ""));
        configMap = configMap("uid-9", "GPU-7");
        assertThat(step()).isInstanceOfSatisfying(Step.GiveUp.class, no -> assertThat(no.reason())
                .isEqualTo("ConfigMapTaken"));
        pod = new PodBuilder(pod)
                .editMetadata()
                .addToAnnotations(Labels.GPU_CONFIG_MAP, "kube-root-ca.crt")
                .endMetadata()
                .build();
        assertThat(step()).isInstanceOfSatisfying(Step.GiveUp.class, no -> assertThat(no.reason())
                .isEqualTo("NotAdmitted"));
    }

    @Test
    void aVolumeThatWaitsForANodeIsToldItAndThenAwaited() {
        request.getSpec().volumes.add("data");
        assertThat(step()).isInstanceOf(Step.Await.class);
        volumes.put("data", volume("Pending", null));
        assertThat(step()).isInstanceOf(Step.Await.class);
        late.put("data", true);
        assertThat(step()).isEqualTo(new Step.SelectNode("data"));
        volumes.put("data", volume("Pending", "node-1"));
        assertThat(step()).isInstanceOf(Step.Await.class);
        volumes.put("data", volume("Pending", "node-2"));
        assertThat(step()).isInstanceOf(Step.Failure.class);
        volumes.put("data", volume("Bound", "node-1"));
        assertThat(step()).isInstanceOf(Step.Bind.class);
    }

    @Test
    void anAllocatedClaimIsReservedForThePod() {
        request.getSpec().claims.add("gpu");
        assertThat(step()).isInstanceOf(Step.Await.class);
        ResourceClaim allocated = new ResourceClaimBuilder()
                .withNewStatus()
                .withNewAllocation()
                .endAllocation()
                .endStatus()
                .build();
        claims.put("gpu", allocated);
        assertThat(step()).isEqualTo(new Step.ReserveClaim("gpu"));
        claims.put(
                "gpu",
                new ResourceClaimBuilder(allocated)
                        .editStatus()
                        .addNewReservedFor()
                        .withUid("uid-1")
                        .endReservedFor()
                        .endStatus()
                        .build());
        assertThat(step()).isInstanceOf(Step.Bind.class);
    }

    private Step step() {
        return NextStep.of(request, new Facts(pod, held, configMap, volumes, late, claims));
    }

    private void shares() {
        request.getSpec().devices.add(3);
        request.getSpec().milliPerDevice = 500;
    }

    private static Pod pod(String node) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("train-0")
                .withUid("uid-1")
                .addToAnnotations(Labels.GPU_CONFIG_MAP, "berth-gpu-1")
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .endSpec()
                .build();
    }

    private static ConfigMap configMap(String owner, String uuid) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .addNewOwnerReference()
                .withUid(owner)
                .endOwnerReference()
                .endMetadata()
                .withData(Map.of(NextStep.VISIBLE_DEVICES, uuid))
                .build();
    }

    private static PersistentVolumeClaim volume(String phase, @Nullable String node) {
        PersistentVolumeClaimBuilder claim = new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .endStatus();
        return node == null
                ? claim.build()
                : claim.editMetadata()
                        .addToAnnotations(NextStep.SELECTED_NODE, node)
                        .endMetadata()
                        .build();
    }

    @Test
    void aReservationIsReadBackWithTheDeviceThatItsKubeletGave() {
        Pod made = Reservation.pod(SLOT, new Reservation.Images("berth", "pause"));
        assertThat(Reservation.read(made)).contains(new Reservation(SLOT, "", false, ""));
        assertThat(Reservation.read(Kubelet.gives(made, "GPU-7"))).contains(new Reservation(SLOT, "GPU-7", false, ""));
        assertThat(Reservation.read(Kubelet.gives(made, "all; rm"))).contains(new Reservation(SLOT, "", false, ""));
        Pod renamed = new PodBuilder(made)
                .editMetadata()
                .withName("gpu-of-mine")
                .endMetadata()
                .build();
        assertThat(Reservation.read(renamed)).isEmpty();
        assertThat(List.of(SLOT.podName(), new Slot("node-1", 4).podName())).doesNotHaveDuplicates();
    }
}
