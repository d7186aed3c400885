package dev.berth.runtime;

import dev.berth.contract.Call;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process on a bus whose members find each other by a name: {@code serve ADDRESS PORT NAME} answers, {@code call ADDRESS
 * PORT NAME} asks until it is answered, prints the answer and ends.
 */
final class BusMember {
    record Ping(int number) {}

    record Pong(int number) {}

    private static final Call<Ping, Pong> PING =
            Call.of("berth.test.member-ping", Ping.class, Pong.class, Duration.ofSeconds(2));
    private static final int ATTEMPTS = 50;

    private BusMember() {}

    public static void main(String[] args) throws Exception {
        Berth berth = open(args[1], Integer.parseInt(args[2]), args[3]);
        if (args[0].equals("serve")) {
            berth.bus().serve(PING, ping -> Future.succeededFuture(new Pong(ping.number() + 1)));
            System.out.println("serving");
            System.in.read(); // Until the test, which holds the other end, has seen enough.
        } else {
            System.out.println("answer " + ask(berth));
        }
        get(berth.stop());
        System.exit(0);
    }

    private static int ask(Berth berth) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return get(berth.bus().call(PING, new Ping(41))).number();
            } catch (Refused notYet) {
                if (attempt == ATTEMPTS) {
                    throw notYet;
                }
                get(berth.vertx().timer(100));
            }
        }
    }

    private static Berth open(String address, int port, String name) throws Exception {
        Map<String, Object> process = Map.of(
                "bus",
                "clustered",
                "busHost",
                address,
                "busPort",
                port,
                "busKubernetesService",
                name,
                "healthPort",
                -1,
                "eventLoops",
                1);
        Settings settings = Settings.empty().with(Settings.PROCESS, process);
        return get(Berth.open(new Roles(List.of()), settings, List.of(), Map.of()));
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.await(60, TimeUnit.SECONDS);
    }
}
