package dev.berth.tunnel;

/** What the agent's end wants done. */
public sealed interface AgentEffect {
    /** Calls the method of this case. */
    void perform(Performer performer);

    /** Does what the end wants; the shell around it. */
    interface Performer {
        void send(Frame frame);

        void apply(DesiredBatch batch);

        void relist();

        void welcomed(long epoch);

        void goneAway(int spreadMillis);

        void close(CloseCode code, String detail);
    }

    record Send(Frame frame) implements AgentEffect {
        @Override
        public void perform(Performer performer) {
            performer.send(frame);
        }
    }

    /** Write to the cluster, then call {@link AgentEnd#applied}. */
    record Apply(DesiredBatch batch) implements AgentEffect {
        @Override
        public void perform(Performer performer) {
            performer.apply(batch);
        }
    }

    /** The memory was emptied: every watch has to list again. */
    record Relist() implements AgentEffect {
        @Override
        public void perform(Performer performer) {
            performer.relist();
        }
    }

    record Welcomed(long epoch) implements AgentEffect {
        @Override
        public void perform(Performer performer) {
            performer.welcomed(epoch);
        }
    }

    /** The gateway asked to go; dial again after a random part of the spread. */
    record GoneAway(int spreadMillis) implements AgentEffect {
        @Override
        public void perform(Performer performer) {
            performer.goneAway(spreadMillis);
        }
    }

    record Close(CloseCode code, String detail) implements AgentEffect {
        @Override
        public void perform(Performer performer) {
            performer.close(code, detail);
        }
    }
}
