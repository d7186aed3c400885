package dev.berth.scheduler.core;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A cycle after its actions: what is reported, and what explanations are made from. */
record Decision(Snapshot snapshot, SortedMap<String, PoolSession> sessions, long steps, Cursor next) {
    List<Statement> statements() {
        List<Statement> all = new ArrayList<>();
        sessions.values().forEach(session -> all.addAll(session.statements));
        return all;
    }

    List<QueueShare> shares() {
        List<QueueShare> all = new ArrayList<>();
        sessions.values().forEach(session -> all.addAll(session.shares()));
        return all;
    }

    /** Whether something of the group is bound. */
    boolean starts(String groupId) {
        for (PoolSession session : sessions.values()) {
            for (Statement statement : session.statements) {
                if (statement instanceof Statement.Bind && statement.group().equals(groupId)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The pool in which the group waits, or null. */
    @Nullable
    PoolSession sessionOf(String groupId) {
        return snapshot.hasGang(groupId)
                ? sessions.get(snapshot.gang(groupId).group().pool())
                : null;
    }
}
