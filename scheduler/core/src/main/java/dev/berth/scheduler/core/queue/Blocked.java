package dev.berth.scheduler.core.queue;

import dev.berth.model.Reason;
import dev.berth.scheduler.core.Dimension;
import dev.berth.scheduler.core.Task;
import org.jspecify.annotations.Nullable;

/** What stopped a gang at its turn. */
public sealed interface Blocked {
    Reason reason();

    /** A queue on the way up has not enough left in one dimension: its limit, or its quota for what nobody may take. */
    record Full(Reason reason, QueueNode at, Dimension dimension, long held, long asked, long allowed)
            implements Blocked {}

    /** So many of the next tasks found a node, and then {@code stuck} found none. */
    record NoRoom(int placed, int needed, Task stuck) implements Blocked {
        @Override
        public Reason reason() {
            return placed > 0 ? Reason.GANG_INCOMPLETE : Reason.NO_FIT;
        }
    }

    /** All found a node, some of them only for when others have left. */
    record Leaving(int later, int needed) implements Blocked {
        @Override
        public Reason reason() {
            return Reason.NO_FIT;
        }
    }

    /** Not all tasks of the minimum exist. */
    record Incomplete(int present, int needed) implements Blocked {
        @Override
        public Reason reason() {
            return Reason.GANG_INCOMPLETE;
        }
    }

    /** No domain of a topology has room for all that must be close together; {@code words} counts what each could hold. */
    record NoDomain(String words) implements Blocked {
        @Override
        public Reason reason() {
            return Reason.GANG_INCOMPLETE;
        }
    }

    /** A claim for devices is not known, or belongs to another queue. */
    record NoClaim(String claim) implements Blocked {
        @Override
        public Reason reason() {
            return Reason.NO_FIT;
        }
    }

    /** Nobody knows its queue. */
    record NoQueue(@Nullable String queue) implements Blocked {
        @Override
        public Reason reason() {
            return Reason.PROJECT_MISSING;
        }
    }
}
