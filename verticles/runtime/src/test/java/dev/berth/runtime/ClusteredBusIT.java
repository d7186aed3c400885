package dev.berth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.contract.Call;
import dev.berth.model.Refused;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes' worth of Berth that find each other by Hazelcast on the loopback address. */
class ClusteredBusIT {
    record Ping(int number) {}

    record Pong(int number) {}

    private static final Call<Ping, Pong> PING =
            Call.of("berth.test.ping", Ping.class, Pong.class, Duration.ofSeconds(5));

    private Berth first;
    private Berth second;

    @BeforeEach
    void join() throws Exception {
        List<Integer> ports = freePorts(2);
        List<String> peers = ports.stream().map(port -> "127.0.0.1:" + port).toList();
        first = open(ports.get(0), peers);
        second = open(ports.get(1), peers);
    }

    @AfterEach
    void leave() throws Exception {
        get(second.stop());
        get(first.stop());
    }

    @Test
    void aCallReachesTheOtherProcessAndComesBack() throws Exception {
        first.bus().serve(PING, ping -> Future.succeededFuture(new Pong(ping.number() + 1)));

        assertThat(callUntilServed(41).number()).isEqualTo(42);
    }

    @Test
    void addressesThatWereRegisteredAnewAreServedOnce() throws Exception {
        first.bus().serve(PING, ping -> Future.succeededFuture(new Pong(ping.number())));
        callUntilServed(1);

        get(first.bus().registerAgain());

        assertThat(callUntilServed(2).number()).isEqualTo(2);
    }

    @Test
    void bothAreReadyWhenTheyHearThemselves() throws Exception {
        for (Berth berth : List.of(first, second)) {
            while (!berth.health().isReady("bus")) {
                get(berth.vertx().timer(20));
            }
            assertThat(berth.health().ready()).isTrue();
        }
    }

    /** A registration takes a moment to reach the other member; until then nobody serves the address. */
    private Pong callUntilServed(int number) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                return get(second.bus().call(PING, new Ping(number)));
            } catch (Refused notYet) {
                if (attempt == 100) {
                    throw notYet;
                }
                get(second.vertx().timer(50));
            }
        }
    }

    private static Berth open(int port, List<String> peers) throws Exception {
        Map<String, Object> process =
                Map.of("bus", "clustered", "busPort", port, "busPeers", peers, "healthPort", -1, "eventLoops", 1);
        Settings settings = Settings.empty().with(Settings.PROCESS, process);
        return get(Berth.open(new Roles(List.of()), settings, List.of(), Map.of()));
    }

    private static List<Integer> freePorts(int count) throws IOException {
        try (ServerSocket one = new ServerSocket(0);
                ServerSocket two = new ServerSocket(0)) {
            return List.of(one.getLocalPort(), two.getLocalPort()).subList(0, count);
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.await(60, TimeUnit.SECONDS);
    }
}
