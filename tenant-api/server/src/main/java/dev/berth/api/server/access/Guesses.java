package dev.berth.api.server.access;

import dev.berth.model.Refusal;
import dev.berth.model.Refused;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * Bounds how often a secret may be guessed: wrong tries by account and address, and by address alone. Who signs in rightly
 * spends nothing, and a stranger's tries from elsewhere do not lock an account's owner out.
 */
public final class Guesses {
    private static final int PER_ACCOUNT = 10;
    private static final int PER_ADDRESS = 100;
    private static final long WINDOW_MILLIS = 60_000;
    /** A household or machine gets this much of IPv6 and may take any address within. */
    private static final int NETWORK_BYTES = 8;

    private final Attempts byAccount;
    private final Attempts byAddress;

    public Guesses(InstantSource clock) {
        byAccount = new Attempts(clock, "wrong tries", PER_ACCOUNT, WINDOW_MILLIS);
        byAddress = new Attempts(clock, "wrong tries", PER_ADDRESS, WINDOW_MILLIS);
    }

    /**
     * Runs a try unless too many failed before. It counts from its beginning, so that many at once do not slip through
     * together, and is taken back unless it fails for a wrong secret.
     */
    public <T> Future<T> bounded(String account, String address, Supplier<Future<T>> attempt) {
        String from = network(address);
        String pair = account + "\0" + from;
        byAddress.count(from);
        try {
            byAccount.count(pair);
        } catch (Refused tooMany) {
            byAddress.takeBack(from);
            throw tooMany;
        }
        return attempt.get()
                .onSuccess(right -> {
                    byAddress.takeBack(from);
                    byAccount.forget(pair);
                })
                .onFailure(failure -> {
                    if (!wrongSecret(failure)) {
                        byAddress.takeBack(from);
                        byAccount.takeBack(pair);
                    }
                });
    }

    private static boolean wrongSecret(Throwable failure) {
        return failure instanceof Refused refused
                && (refused.refusal() instanceof Refusal.Unauthenticated
                        || refused.refusal() instanceof Refusal.Invalid);
    }

    /** The address itself, or of IPv6 the network that one household has. */
    static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes == null || bytes.length <= NETWORK_BYTES
                ? address
                : HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES);
    }
}
