package dev.berth.agent;

import dev.berth.model.Phase;
import dev.berth.model.Reason;
import dev.berth.model.Refusal;
import dev.berth.tunnel.ObjectRef;
import dev.berth.tunnel.v1.Item;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;

/** Objects that the cluster refuses: told upwards, so that a user reads why, and a bad object never stops the log. */
final class ApplyFailures {
    private static final String KIND = "ApplyFailed";
    private static final int BOUND = 4_096;

    private final ObservedFeed feed;
    private final Set<ObjectRef> failed = new HashSet<>();

    ApplyFailures(ObservedFeed feed) {
        this.feed = feed;
    }

    /** @param exists whether an earlier version of the object is in the cluster and speaks for itself */
    void failed(Item item, Refusal refusal, boolean exists) {
        ObjectRef ref = DesiredApplier.ref(item);
        if (failed.size() >= BOUND) {
            return;
        }
        failed.add(ref);
        feed.report(
                new ObjectRef(KIND, reportUid(ref)),
                new JsonObject()
                        .put("kind", ref.kind())
                        .put("uid", ref.uid())
                        .put("dseq", item.getSeq())
                        .put("reason", refusal.code())
                        .put("message", refusal.detail()));
        if (!exists && ref.kind().equals(ObservedFeed.WORKLOAD)) {
            feed.reportUnapplied(
                    ref.uid(),
                    new JsonObject()
                            .put("phase", Phase.QUEUED.word())
                            .put("reason", Reason.APPLY_FAILED.word())
                            .put("message", refusal.detail()));
        }
    }

    void passed(Item item) {
        ObjectRef ref = DesiredApplier.ref(item);
        if (failed.remove(ref)) {
            feed.withdraw(new ObjectRef(KIND, reportUid(ref)));
            if (ref.kind().equals(ObservedFeed.WORKLOAD)) {
                feed.passed(ref.uid(), item.getDeleted());
            }
        }
    }

    private static String reportUid(ObjectRef ref) {
        return ref.kind() + "/" + ref.uid();
    }
}
