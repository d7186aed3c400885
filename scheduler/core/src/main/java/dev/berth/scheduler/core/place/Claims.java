package dev.berth.scheduler.core.place;

import dev.berth.scheduler.core.DeviceClaim;
import dev.berth.scheduler.core.NodeState;
import dev.berth.scheduler.core.Request;
import dev.berth.scheduler.core.Task;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who shares which claim for devices, and where: the first taker takes the devices, the last one gives them back. */
final class Claims {
    private final Map<String, Use> uses = new HashMap<>();

    /** One claim: where it is and how many share it, now and when those who leave are gone. */
    private static final class Use {
        private final DeviceClaim claim;
        private final Side now = new Side();
        private final Side later = new Side();

        /** Holders nobody knows the place of. */
        private int elsewhere;

        private Use(DeviceClaim claim) {
            this.claim = claim;
        }

        private boolean fits(Side side, int on) {
            return side.holders + elsewhere < DeviceClaim.MAX_HOLDERS && (side.holders == 0 || side.node == on);
        }
    }

    private static final class Side {
        private int node = -1;
        private int holders;
    }

    /** Tells that devices of a class on a node were taken (below 0) or given back. */
    interface Ledger {
        void add(int node, String deviceClass, long count, boolean now);
    }

    void begin(Map<String, DeviceClaim> claims, List<NodeState> nodes, Ledger ledger) {
        uses.clear();
        if (claims.isEmpty()) {
            return;
        }
        claims.forEach((id, claim) -> uses.put(id, new Use(claim)));
        Set<String> here = new HashSet<>();
        Map<String, Integer> byName = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            byName.put(nodes.get(i).node().name(), i);
            for (Task task : nodes.get(i).tasks()) {
                if (!task.request().claims().isEmpty()) {
                    here.add(task.id());
                    count(task.request(), i, 1, task.state() == Task.State.RUNNING ? 1 : 0, ledger);
                }
            }
        }
        for (DeviceClaim claim : claims.values()) {
            Integer node = byName.get(claim.node());
            Use use = uses.get(claim.id());
            for (String holder : claim.holders()) {
                if (use != null && node == null) {
                    use.elsewhere += here.contains(holder) ? 0 : 1;
                } else if (use != null && node != null && !here.contains(holder)) {
                    hold(use, use.now, node, 1, ledger);
                    hold(use, use.later, node, 1, ledger);
                }
            }
        }
    }

    /** Counts a taker more (1) or less (-1), now and later. */
    void count(Request request, int node, int now, int later, Ledger ledger) {
        for (String id : request.claims()) {
            Use use = uses.get(id);
            if (use != null && now != 0) {
                hold(use, use.now, node, now, ledger);
            }
            if (use != null && later != 0) {
                hold(use, use.later, node, later, ledger);
            }
        }
    }

    private static void hold(Use use, Side side, int node, int more, Ledger ledger) {
        if (side.holders == 0) {
            side.node = node;
            ledger.add(node, use.claim.deviceClass(), -use.claim.count(), side == use.now);
        }
        side.holders += more;
        if (side.holders == 0) {
            ledger.add(side.node, use.claim.deviceClass(), use.claim.count(), side == use.now);
            side.node = -1;
        }
    }

    /** GPUs that the request's claims stand for. */
    long devices(Request request) {
        long devices = 0;
        for (String id : request.claims()) {
            Use use = uses.get(id);
            devices += use == null || !DeviceClaim.isGpu(use.claim.deviceClass()) ? 0 : use.claim.count();
        }
        return devices;
    }

    /** Whether all claims of the request can be used on the node. */
    boolean fits(Request request, int node, boolean now, Free free) {
        Map<String, Long> wanted = new HashMap<>();
        for (String id : request.claims()) {
            Use use = uses.get(id);
            if (use == null || !use.fits(use.later, node) || (now && !use.fits(use.now, node))) {
                return false;
            }
            if ((now ? use.now : use.later).holders == 0) {
                wanted.merge(use.claim.deviceClass(), (long) use.claim.count(), Long::sum);
            }
        }
        return wanted.entrySet().stream().allMatch(one -> free.of(one.getKey()) >= one.getValue());
    }

    /** How many devices of a class are free. */
    interface Free {
        long of(String deviceClass);
    }

    @Nullable
    DeviceClaim claim(String id) {
        Use use = uses.get(id);
        return use == null ? null : use.claim;
    }
}
