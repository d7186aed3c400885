package dev.berth.schema;

import dev.berth.runtime.Attachments;
import dev.berth.runtime.Health;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops the database; attaches its logins for the roles of this process. */
final class StoreVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(StoreVerticle.class);
    private static final String PART = "store";

    private final StoreConfig config;
    private final Attachments attachments;
    private final Health health;
    private @Nullable EmbeddedDatabase embedded;

    StoreVerticle(StoreConfig config, Attachments attachments, Health health) {
        this.config = config;
        this.attachments = attachments;
        this.health = health;
    }

    @Override
    public Future<?> start() {
        health.notReady(PART, "starting PostgreSQL");
        return vertx.executeBlocking(this::open).onSuccess(database -> {
            attachments.attach(Database.class, Database.NAME, database);
            health.ready(PART);
        });
    }

    @Override
    public Future<?> stop() {
        attachments.detach(Database.class, Database.NAME);
        health.forget(PART);
        EmbeddedDatabase running = embedded;
        if (running == null) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(() -> {
            running.close();
            return null;
        });
    }

    private Database open() throws IOException {
        if (!config.databaseUrl().isEmpty()) {
            var admin = new DatabaseLogin(config.databaseUrl(), config.databaseUser(), config.databasePassword());
            return new Migrations(admin).run(config.apiPassword(), config.gatewayPassword());
        }
        EmbeddedDatabase started = EmbeddedDatabase.start(Path.of(config.dataDir()), config.port(), config.durable());
        embedded = started;
        LOG.info("PostgreSQL listens on 127.0.0.1:{}, data in {}", started.port(), config.dataDir());
        try {
            return started.migrate();
        } catch (RuntimeException failed) {
            started.close();
            embedded = null;
            throw failed;
        }
    }
}
