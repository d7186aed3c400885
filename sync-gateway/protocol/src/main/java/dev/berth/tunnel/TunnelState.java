package dev.berth.tunnel;

/**
 * Where one connection is in its life, the same at both ends:
 *
 * <pre>
 * Greeting --CHALLENGE, HELLO--> Admitting --WELCOME--> Streaming --GOAWAY--> Draining
 *     \_____________________________\_______________________\____________________\____> Closed
 * </pre>
 */
public sealed interface TunnelState {
    /** The socket is open; the gateway has to speak (seen by the agent) or the agent has to answer (by the gateway). */
    record Greeting(long sinceMillis) implements TunnelState {
        Admitting hello() {
            return new Admitting(sinceMillis);
        }
    }

    /** The HELLO is under way or being checked. */
    record Admitting(long sinceMillis) implements TunnelState {
        Streaming welcomed(long epoch) {
            return new Streaming(epoch);
        }
    }

    /** Objects flow. */
    record Streaming(long epoch) implements TunnelState {
        Draining drain(long untilMillis) {
            return new Draining(epoch, untilMillis);
        }
    }

    /** Nothing new is sent; what is under way may still be acknowledged, until the time is up. */
    record Draining(long epoch, long untilMillis) implements TunnelState {}

    record Closed(CloseCode code) implements TunnelState {}

    default Closed closed(CloseCode code) {
        return new Closed(code);
    }

    /** Whether objects of the peer are taken. */
    default boolean takesObjects() {
        return this instanceof Streaming || this instanceof Draining;
    }

    /** Whether the handshake should be over by now. */
    default boolean greetingOverdue(long nowMillis) {
        long since = this instanceof Greeting greeting
                ? greeting.sinceMillis
                : this instanceof Admitting admitting ? admitting.sinceMillis : nowMillis;
        return nowMillis - since > Limits.GREETING_MILLIS;
    }
}
