package dev.berth.agent;

import dev.berth.model.ClusterId;
import dev.berth.tunnel.ClusterKey;
import dev.berth.tunnel.JoinToken;
import io.vertx.core.Future;
import java.util.Optional;

/** Where the cluster's key is kept: a place that others cannot read. */
interface Vault {
    /**
     * What the control plane knows the cluster by.
     *
     * @param pin of the control plane's authority, as the join token had it
     * @param enrolled whether the key was accepted; a key that was made but perhaps not accepted is tried again
     */
    record Identity(ClusterId cluster, ClusterKey key, String pin, boolean enrolled) {
        static Identity of(JoinToken token) {
            return new Identity(token.cluster(), ClusterKey.generate(), token.pin(), false);
        }

        Identity accepted() {
            return new Identity(cluster, key, pin, true);
        }

        @Override
        public String toString() {
            return "Identity[" + cluster + "]";
        }
    }

    Future<Optional<Identity>> load();

    Future<Void> save(Identity identity);
}
