package dev.berth.tunnel;

import dev.berth.model.ClusterId;
import dev.berth.tunnel.v1.DesiredPosition;
import dev.berth.tunnel.v1.Hello;
import dev.berth.tunnel.v1.HelloBody;
import dev.berth.tunnel.v1.ObservedOffer;

/**
 * Who the agent is, for its HELLO.
 *
 * @param host the public name that it dials
 * @param instance one per process
 */
public record AgentIdentity(ClusterId cluster, ClusterKey key, String host, String instance, Platform platform) {
    /** What runs where. */
    public record Platform(String agentVersion, String kubernetesVersion, String kubeSystemUid) {}

    /** The answer to a challenge. */
    Hello hello(byte[] nonce, AgentMemory memory) {
        HelloBody body = HelloBody.newBuilder()
                .setProtoMin(Limits.PROTO_VERSION)
                .setProtoMax(Limits.PROTO_VERSION)
                .addFeatures(Limits.FEATURE_STREAMS)
                .setAgentVersion(platform.agentVersion)
                .setKubernetesVersion(platform.kubernetesVersion)
                .setKubeSystemUid(platform.kubeSystemUid)
                .setClusterId(cluster.value())
                .setKeyId(key.id())
                .setInstanceId(instance)
                .setHost(host)
                .setLastEpoch(memory.lastEpoch())
                .setDesired(DesiredPosition.newBuilder()
                        .setDseq(memory.cursor().dseq())
                        .setStoreId(memory.cursor().storeId()))
                .setObserved(ObservedOffer.newBuilder()
                        .setIncarnation(memory.incarnation())
                        .setLast(memory.dirty().lastOseq())
                        .setAcked(memory.dirty().ackedOseq()))
                .build();
        byte[] signature = key.sign(SigningBytes.hello(nonce, body, body.toByteArray()));
        return Hello.newBuilder()
                .setBody(body.toByteString())
                .setSignature(com.google.protobuf.ByteString.copyFrom(signature))
                .build();
    }
}
