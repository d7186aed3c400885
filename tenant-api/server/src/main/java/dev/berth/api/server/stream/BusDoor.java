package dev.berth.api.server.stream;

import dev.berth.contract.StreamContract;
import dev.berth.contract.StreamContract.Opened;
import dev.berth.contract.StreamContract.Part;
import dev.berth.contract.StreamContract.Read;
import dev.berth.contract.StreamContract.Write;
import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import dev.berth.runtime.Bus;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.UUID;

/** Streams over the bus, part by part: each answer is the credit for the next question. */
public final class BusDoor implements ClusterDoor {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Bus bus;

    public BusDoor(Bus bus) {
        this.bus = bus;
    }

    @Override
    public Future<StreamPipe> open(UUID cluster, StreamContract.Open request) {
        return bus.call(StreamContract.OPEN.at(cluster), request)
                .map(opened -> (StreamPipe) new BusPipe(opened))
                .recover(failure -> Future.failedFuture(offline(cluster, failure)));
    }

    /** Nobody answers at the cluster's address: nobody holds its tunnel. */
    private static Throwable offline(UUID cluster, Throwable failure) {
        boolean nobody = failure instanceof Refused refused
                && refused.refusal() instanceof Refusal.Busy busy
                && busy.detail().contains(StreamContract.OPEN.at(cluster).address());
        return nobody ? new Refused(new Refusal.ClusterOffline(cluster.toString())) : failure;
    }

    private final class BusPipe implements StreamPipe {
        private final String door;
        private final String pipe;
        private int room;
        private int writing;
        private Runnable roomListener = () -> {};

        BusPipe(Opened opened) {
            this.door = opened.door();
            this.pipe = opened.pipe();
            this.room = opened.room();
        }

        @Override
        public Future<Part> read() {
            return bus.call(StreamContract.READ.at(door), new Read(pipe, StreamContract.PART_BYTES))
                    .onSuccess(part -> told(part.room()));
        }

        /** What was told before a write was seen there says nothing. */
        private void told(int newest) {
            if (writing == 0) {
                room = newest;
                if (newest > 0) {
                    roomListener.run();
                }
            }
        }

        @Override
        public void stillHere() {
            bus.call(StreamContract.READ.at(door), new Read(pipe, 0));
        }

        @Override
        public int room() {
            return room;
        }

        @Override
        public void onRoom(Runnable listener) {
            roomListener = listener;
        }

        @Override
        public void write(Buffer bytes) {
            room -= bytes.length();
            for (int from = 0; from < bytes.length(); from += StreamContract.PART_BYTES) {
                int to = Math.min(bytes.length(), from + StreamContract.PART_BYTES);
                send(new Write(pipe, ByteBuffer.wrap(bytes.getBytes(from, to)), false, false, 0, 0));
            }
        }

        @Override
        public void finish() {
            send(new Write(pipe, NOTHING, true, false, 0, 0));
        }

        @Override
        public void resize(int columns, int rows) {
            send(new Write(pipe, NOTHING, false, false, columns, rows));
        }

        @Override
        public void cancel() {
            send(new Write(pipe, NOTHING, false, true, 0, 0));
        }

        private void send(Write write) {
            writing++;
            bus.call(StreamContract.WRITE.at(door), write).onComplete(wrote -> {
                writing--;
                if (wrote.succeeded()) {
                    told(wrote.result().room());
                }
            });
        }
    }
}
