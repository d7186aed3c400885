package dev.berth.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.tunnel.v1.HelloBody;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Join tokens, keys, and what exactly is signed. */
class IdentityTest {
    private static final String SECRET = "A".repeat(42) + "Q";

    @Test
    void aTokenReadsAsItIsWritten() {
        String text = "bt1.0b6f0c52-1b7e-4d5c-8f5e-1f2a3b4c5d6e." + SECRET + ".none";
        JoinToken token = JoinToken.parse(" " + text + "\n");
        assertThat(token.text()).isEqualTo(text);
        assertThat(token.pinned()).isFalse();
        assertThat(token).hasToString("JoinToken[0b6f0c52-1b7e-4d5c-8f5e-1f2a3b4c5d6e]");
        assertThat(JoinToken.parse(text.replace("none", SECRET)).pinned()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "bt1", "bt2.c.S.none", "bt1.c.short.none", "bt1.C_.S.none", "bt1.c.S.", "bt1.c.S.none.x"})
    void otherTextIsNoTokenAndTheRefusalTellsNoSecret(String shape) {
        String text = shape.replace("S", SECRET);
        assertThatThrownBy(() -> JoinToken.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain(SECRET));
    }

    @Test
    void aSignatureHoldsForItsMessageAndKeyOnly() {
        ClusterKey key = ClusterKey.generate();
        byte[] message = {1, 2, 3};
        byte[] signature = key.sign(message);
        assertThat(ClusterKey.verify(key.publicKey(), message, signature)).isTrue();
        assertThat(ClusterKey.verify(key.publicKey(), new byte[] {1, 2, 4}, signature))
                .isFalse();
        assertThat(ClusterKey.verify(ClusterKey.generate().publicKey(), message, signature))
                .isFalse();
        assertThat(ClusterKey.verify(new byte[44], message, signature)).isFalse();
        assertThat(ClusterKey.verify(key.publicKey(), message, new byte[64])).isFalse();
        assertThat(ClusterKey.verify(new byte[0], message, new byte[0])).isFalse();
    }

    @Test
    void helloSignsExactlyThis() {
        HelloBody hello = HelloBody.newBuilder()
                .setHost("h")
                .setClusterId("c")
                .setKeyId("k")
                .setInstanceId("i")
                .build();
        String signed = HexFormat.of().formatHex(SigningBytes.hello(new byte[] {9}, hello, new byte[0]));
        assertThat(signed)
                .isEqualTo("62657274682d74756e6e656c2f3100" + "000109" + "000168" + "000163" + "00016b" + "000169"
                        + "0020" + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void partsCannotBeShiftedIntoEachOther() {
        HelloBody one = HelloBody.newBuilder().setHost("ab").setClusterId("c").build();
        HelloBody other = HelloBody.newBuilder().setHost("a").setClusterId("bc").build();
        assertThat(SigningBytes.hello(new byte[0], one, new byte[0]))
                .isNotEqualTo(SigningBytes.hello(new byte[0], other, new byte[0]));
    }
}
