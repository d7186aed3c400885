package dev.berth.tunnel;

import dev.berth.tunnel.v1.Samples;

/** What the gateway's end wants done. */
public sealed interface GatewayEffect {
    /** Calls the method of this case. */
    void perform(Performer performer);

    /** Does what the end wants; the shell around it. */
    interface Performer {
        void send(Frame frame);

        void admit(SignedHello hello);

        void readDesired(long after, boolean liveOnly);

        void ingest(ObservedBatch batch);

        void desiredAcked(long dseq);

        void publish(Samples samples);

        void close(CloseCode code, String detail);
    }

    record Send(Frame frame) implements GatewayEffect {
        @Override
        public void perform(Performer performer) {
            performer.send(frame);
        }
    }

    /** Check key, signature and host, open a session, then call {@link GatewayEnd#admitted} or {@link GatewayEnd#refused}. */
    record Admit(SignedHello hello) implements GatewayEffect {
        @Override
        public void perform(Performer performer) {
            performer.admit(hello);
        }
    }

    /** Read the newest version of each object after this dseq, then call {@link GatewayEnd#desiredRead}. */
    record ReadDesired(long after, boolean liveOnly) implements GatewayEffect {
        @Override
        public void perform(Performer performer) {
            performer.readDesired(after, liveOnly);
        }
    }

    /** Commit, then call {@link GatewayEnd#committed}; nothing is acknowledged before. */
    record Ingest(ObservedBatch batch) implements GatewayEffect {
        @Override
        public void perform(Performer performer) {
            performer.ingest(batch);
        }
    }

    record DesiredAcked(long dseq) implements GatewayEffect {
        @Override
        public void perform(Performer performer) {
            performer.desiredAcked(dseq);
        }
    }

    record Publish(Samples samples) implements GatewayEffect {
        @Override
        public void perform(Performer performer) {
            performer.publish(samples);
        }
    }

    record Close(CloseCode code, String detail) implements GatewayEffect {
        @Override
        public void perform(Performer performer) {
            performer.close(code, detail);
        }
    }
}
