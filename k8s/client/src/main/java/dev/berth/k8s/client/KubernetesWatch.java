package dev.berth.k8s.client;

import dev.berth.model.Refused;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.AnyNamespaceOperation;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * List, then watch from the list's version. While versions are still known to the API server, fabric8 reconnects a broken
 * watch by itself; when they are not (410 Gone), when the watcher is too slow, or when anything else ends the watch, all
 * is listed anew after a pause that grows while nothing arrives. The state is touched on one context only.
 */
final class KubernetesWatch<T extends HasMetadata> implements Cluster.Watching {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesWatch.class);
    private static final long PAGE = 500;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long MAX_PAUSE_MILLIS = 30_000;

    private final KubeCalls calls;
    private final Vertx vertx;
    private final Context context;
    private final String kind;
    private final Objects<T> objects;
    private final ChangeQueue<T> queue;
    private @Nullable Watch watch;
    private volatile long pauseMillis = FIRST_PAUSE_MILLIS;
    private volatile boolean closed;
    /** Counts attempts, so that the end of an old watch does not end the new one. */
    private volatile int attempt;

    /** All objects of the kind in all namespaces; asked for on a worker, as it may ask the API server. */
    interface Objects<T extends HasMetadata> {
        AnyNamespaceOperation<T, ? extends KubernetesResourceList<T>, ?> all();
    }

    KubernetesWatch(KubeCalls calls, Vertx vertx, String kind, Objects<T> objects, ChangeQueue<T> queue) {
        this.calls = calls;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.kind = kind;
        this.objects = objects;
        this.queue = queue;
    }

    void start() {
        context.runOnContext(turn -> listAndFollow());
    }

    private void listAndFollow() {
        if (closed) {
            return;
        }
        int now = ++attempt;
        calls.call(kind + " list", () -> follow(now)).onComplete(done -> {
            if (done.succeeded()) {
                opened(done.result());
            } else {
                again(now, done.cause());
            }
        });
    }

    private void opened(Watch opened) {
        if (closed) {
            calls.call(kind + " watch", () -> close(opened));
        } else {
            watch = opened;
        }
    }

    /** On a worker: lists page by page, tells all, and opens the watch behind it. */
    private Watch follow(int now) {
        List<T> all = new ArrayList<>();
        String token = null;
        String version;
        do {
            ListOptions page =
                    new ListOptionsBuilder().withLimit(PAGE).withContinue(token).build();
            KubernetesResourceList<T> list = objects.all().list(page);
            all.addAll(list.getItems());
            token = list.getMetadata().getContinue();
            version = list.getMetadata().getResourceVersion();
        } while (token != null && !token.isEmpty());
        queue.reset(all);
        ListOptions from = new ListOptionsBuilder()
                .withResourceVersion(version)
                .withAllowWatchBookmarks(true)
                .build();
        return objects.all().watch(from, new Listener(now));
    }

    private void again(int ended, @Nullable Throwable cause) {
        context.runOnContext(turn -> {
            if (closed || ended != attempt) {
                return;
            }
            long pause = pauseMillis;
            pauseMillis = Math.min(MAX_PAUSE_MILLIS, pause * 2);
            attempt++;
            closeWatch();
            LOG.info(
                    "Lists {} anew in {} ms, because the watch ended: {}",
                    kind,
                    pause,
                    cause instanceof Refused || cause instanceof WatcherException ? cause.getMessage() : cause);
            vertx.setTimer(pause, timer -> listAndFollow());
        });
    }

    @Override
    public void close() {
        closed = true;
        queue.close();
        context.runOnContext(turn -> closeWatch());
    }

    private void closeWatch() {
        Watch open = watch;
        watch = null;
        if (open != null) {
            calls.call(kind + " watch", () -> close(open));
        }
    }

    private static boolean close(Watch open) {
        open.close();
        return true;
    }

    /** Called by fabric8 on its own threads. */
    private final class Listener implements Watcher<T> {
        private final int own;

        Listener(int own) {
            this.own = own;
        }

        @Override
        public void eventReceived(Action action, T object) {
            if (own != attempt) {
                return;
            }
            boolean taken =
                    switch (action) {
                        case ADDED, MODIFIED -> queue.offer(new Change.Upserted<>(object));
                        case DELETED -> queue.offer(new Change.Deleted<>(object));
                        case BOOKMARK -> true;
                        case ERROR -> false;
                    };
            if (taken) {
                pauseMillis = FIRST_PAUSE_MILLIS;
            } else {
                again(own, new KubernetesClientException("the watcher was too far behind, or the API server erred"));
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            again(own, cause);
        }

        @Override
        public void onClose() {
            again(own, new KubernetesClientException("it was closed"));
        }
    }
}
