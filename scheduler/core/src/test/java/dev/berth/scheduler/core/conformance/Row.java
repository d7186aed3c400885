package dev.berth.scheduler.core.conformance;

import dev.berth.scheduler.core.Request;
import java.util.ArrayList;
import java.util.List;

/** One task of a case as it is between two rounds. */
final class Row {
    final String id;
    final String job;
    final String podSet;
    final int order;
    final Request request;
    final boolean staysWhenReleased;

    /** Pending, Running, Releasing, Failed; after a cycle Binding and Pipelined too. */
    String state;

    String node;
    List<Integer> devices = new ArrayList<>();
    int milli;

    Row(String id, String job, String podSet, int order, Request request, boolean staysWhenReleased) {
        this.id = id;
        this.job = job;
        this.podSet = podSet;
        this.order = order;
        this.request = request;
        this.staysWhenReleased = staysWhenReleased;
        this.state = "Pending";
        this.node = "";
    }

    /** What a cluster makes of it until the next round. */
    void writeBack() {
        switch (state) {
            case "Binding" -> state = "Running";
            case "Pipelined" -> pending();
            case "Releasing" -> {
                if (!staysWhenReleased) {
                    pending();
                }
            }
            default -> {}
        }
    }

    private void pending() {
        state = "Pending";
        node = "";
        devices = new ArrayList<>();
        milli = 0;
    }

    boolean isPart() {
        return request.gpu().match(whole -> false, fraction -> true, memory -> true);
    }
}
