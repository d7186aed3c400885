package dev.berth.k8s.admission;

import dev.berth.k8s.client.Cluster;
import dev.berth.runtime.RoleContext;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The endpoint that the API server asks. Says nothing before it knows what there is: then the API server fails closed. */
final class AdmissionVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionVerticle.class);
    /** As large as what an API server sends: an object before and after, of 1.5 MiB at most each. */
    private static final int MAX_BODY = 4 * 1024 * 1024;

    private static final int UNAVAILABLE = 503;
    private static final int MALFORMED = 400;
    private static final int TOO_LARGE = 413;
    private static final int NOT_FOUND = 404;
    private static final long SOON_MILLIS = 200;

    private final AdmissionConfig config;
    private final RoleContext role;
    private final Supplier<Future<Cluster>> open;
    private final AdmissionBook book;
    private @Nullable Cluster cluster;
    private @Nullable CertificateKeeper keeper;
    private @Nullable HttpServer server;
    private @Nullable KeyRing serving;
    private long timer = -1;
    private boolean stopped;

    AdmissionVerticle(AdmissionConfig config, RoleContext role, Supplier<Future<Cluster>> open) {
        this.config = config;
        this.role = role;
        this.open = open;
        this.book = new AdmissionBook(this::ready);
    }

    @Override
    public Future<?> start() {
        role.health().notReady(part(), "the cluster has not told yet what there is");
        return open.get().onSuccess(opened -> {
            cluster = opened;
            keeper = new CertificateKeeper(config, opened, role.clock());
            book.open(opened);
            keep();
        });
    }

    @Override
    public Future<?> stop() {
        stopped = true;
        vertx.cancelTimer(timer);
        book.close();
        role.health().forget(part());
        HttpServer listening = server;
        Cluster opened = cluster;
        return (listening == null ? Future.<Void>succeededFuture() : listening.close())
                .eventually(() -> opened == null ? Future.succeededFuture() : opened.close());
    }

    private String part() {
        return role.instance() + ".webhook";
    }

    private void ready() {
        if (server != null && book.known().isPresent() && !stopped) {
            role.health().ready(part());
        }
    }

    /** Looks after the certificate, for ever; an API server that is away only delays it. */
    private void keep() {
        CertificateKeeper own = keeper;
        if (own == null || stopped) {
            return;
        }
        own.keep()
                .compose(this::serve)
                .onSuccess(done -> again(config.checkMillis()))
                .onFailure(failure -> {
                    if (!CertificateKeeper.wasQuicker(failure)) {
                        LOG.warn(
                                "cluster={} the certificate was not looked after: {}",
                                config.cluster(),
                                failure.getMessage());
                    }
                    again(Math.min(SOON_MILLIS, config.checkMillis()));
                });
    }

    private void again(long millis) {
        if (!stopped) {
            timer = vertx.setTimer(millis, due -> keep());
        }
    }

    private Future<Void> serve(KeyRing ring) {
        HttpServer listening = server;
        KeyRing before = serving;
        serving = ring;
        if (listening == null) {
            return listen(ring);
        }
        if (before != null && before.serving().equals(ring.serving())) {
            return Future.succeededFuture();
        }
        LOG.info("cluster={} serves with a new certificate", config.cluster());
        return listening
                .updateSSLOptions(new ServerSSLOptions().setKeyCertOptions(key(ring)))
                .mapEmpty();
    }

    private Future<Void> listen(KeyRing ring) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setSsl(true)
                .setUseAlpn(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
                .setKeyCertOptions(key(ring));
        return vertx.createHttpServer(options)
                .requestHandler(this::asked)
                .listen()
                .onSuccess(listening -> {
                    server = listening;
                    ready();
                })
                .mapEmpty();
    }

    private static PemKeyCertOptions key(KeyRing ring) {
        return new PemKeyCertOptions()
                .setCertValue(Buffer.buffer(ring.serving().certificate()))
                .setKeyValue(Buffer.buffer(ring.serving().key()));
    }

    private void asked(HttpServerRequest request) {
        boolean mutate = request.path().equals("/mutate");
        if (!request.method().equals(HttpMethod.POST)
                || !(mutate || request.path().equals("/validate"))) {
            request.response().setStatusCode(NOT_FOUND).end();
            return;
        }
        Buffer body = Buffer.buffer();
        request.handler(part -> {
            if (body.length() + part.length() > MAX_BODY) {
                request.response().setStatusCode(TOO_LARGE).end();
                request.connection().close();
            } else {
                body.appendBuffer(part);
            }
        });
        request.endHandler(end -> answer(request, body.getBytes(), mutate));
    }

    private void answer(HttpServerRequest request, byte[] body, boolean mutate) {
        if (request.response().ended()) {
            return;
        }
        Optional<Known> known = book.known();
        Optional<Review> review = Review.read(body);
        if (known.isEmpty() || review.isEmpty()) {
            request.response()
                    .setStatusCode(known.isEmpty() ? UNAVAILABLE : MALFORMED)
                    .end();
            return;
        }
        byte[] answer = mutate
                ? Answers.mutate(review.get(), known.get(), config.reserved())
                : Answers.validate(review.get(), known.get());
        request.response().putHeader("content-type", "application/json").end(Buffer.buffer(answer));
    }
}
