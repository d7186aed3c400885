package dev.berth.scheduler.core.cycle;

import dev.berth.scheduler.core.Cursor;
import dev.berth.scheduler.core.QueueShare;
import dev.berth.scheduler.core.Snapshot;
import dev.berth.scheduler.core.Statement;
import dev.berth.scheduler.core.action.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A cycle after its actions: what is reported, and what explanations are made from. */
record Decision(Snapshot snapshot, SortedMap<String, Session> sessions, long steps, Cursor next) {
    List<Statement> statements() {
        List<Statement> all = new ArrayList<>();
        sessions.values().forEach(session -> all.addAll(session.statements()));
        return all;
    }

    List<QueueShare> shares() {
        List<QueueShare> all = new ArrayList<>();
        sessions.values().forEach(session -> all.addAll(session.shares()));
        return all;
    }

    /** Whether something of the group is bound. */
    boolean starts(String groupId) {
        for (Session session : sessions.values()) {
            for (Statement statement : session.statements()) {
                if (statement instanceof Statement.Bind && statement.group().equals(groupId)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The pool in which the group waits, or null. */
    @Nullable
    Session sessionOf(String groupId) {
        return snapshot.hasGang(groupId)
                ? sessions.get(snapshot.gang(groupId).group().pool())
                : null;
    }
}
