package dev.berth.k8s.simulated.stream;

import dev.berth.model.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** A port that sends back what it gets, or that nobody listens on. */
final class SimulatedPort extends Told {
    private final boolean answers;

    SimulatedPort(Vertx vertx, boolean answers) {
        super(vertx);
        this.answers = answers;
    }

    @Override
    void begin() {
        if (!answers) {
            end(new End.Failed(new Refusal.Conflict(
                    "The port did not answer: connection refused", "Check that the workload listens on it.")));
        }
    }

    @Override
    public Future<Void> write(Buffer bytes) {
        return tell(Channel.MAIN, bytes);
    }

    @Override
    public void finish() {
        end(new End.Completed(0));
    }
}
