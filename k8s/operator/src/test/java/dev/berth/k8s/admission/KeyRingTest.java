package dev.berth.k8s.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private static final List<String> NAMES = List.of("berth-admission.berth.svc", "127.0.0.1");
    private static final KeyRing.Lives LIVES = new KeyRing.Lives(Duration.ofDays(365), Duration.ofDays(30));

    private final KeyRing ring = KeyRing.fresh(NAMES, LIVES, NOW);

    @Test
    void whatServesIsSignedByTheAuthorityForItsNames() throws Exception {
        X509Certificate authority = Certificates.read(ring.authority().certificate());
        X509Certificate serving = Certificates.read(ring.serving().certificate());
        serving.verify(authority.getPublicKey());
        assertThat(serving.getSubjectAlternativeNames()).hasSize(2);
        assertThat(serving.getBasicConstraints()).isEqualTo(-1);
        assertThat(authority.getBasicConstraints()).isZero();
    }

    @Test
    void aYoungRingStaysAndAnOldCertificateIsMadeAnew() {
        assertThat(ring.turned(NAMES, LIVES, NOW.plus(Duration.ofDays(19)))).isSameAs(ring);
        KeyRing turned = ring.turned(NAMES, LIVES, NOW.plus(Duration.ofDays(21)));
        assertThat(turned.serving()).isNotEqualTo(ring.serving());
        assertThat(turned.authority()).isEqualTo(ring.authority());
    }

    @Test
    void aShortLifeDoesNotBeginOld() {
        KeyRing.Lives seconds = new KeyRing.Lives(Duration.ofSeconds(30), Duration.ofSeconds(10));
        KeyRing quick = KeyRing.fresh(NAMES, seconds, NOW);
        assertThat(quick.turned(NAMES, seconds, NOW.plusSeconds(5))).isSameAs(quick);
        assertThat(quick.turned(NAMES, seconds, NOW.plusSeconds(7))).isNotEqualTo(quick);
    }

    @Test
    void aNewNameIsANewCertificate() {
        assertThat(ring.turned(List.of("other.svc"), LIVES, NOW).serving()).isNotEqualTo(ring.serving());
    }

    @Test
    void anAuthorityIsAnnouncedBeforeItSignsAndKeptAfterIt() throws Exception {
        Instant late = NOW.plus(Duration.ofDays(300));
        KeyRing announced = ring.turned(NAMES, LIVES, late);
        assertThat(announced.serving()).isEqualTo(ring.serving());
        KeyRing signed = announced.turned(NAMES, LIVES, late);
        assertThat(announced.bundle())
                .contains(ring.authority().certificate(), signed.authority().certificate());
        assertThat(signed.bundle())
                .contains(ring.authority().certificate(), signed.authority().certificate());
        Certificates.read(signed.serving().certificate())
                .verify(Certificates.read(signed.authority().certificate()).getPublicKey());
        assertThat(signed.turned(NAMES, LIVES, late)).isSameAs(signed);
    }

    @Test
    void aSecretHoldsTheRingAndNoTextShowsItsKeys() {
        assertThat(KeyRing.fromSecret(ring.toSecret())).contains(ring);
        assertThat(KeyRing.fromSecret(java.util.Map.of("ca.crt", "eA=="))).isEmpty();
        assertThat(ring.toString() + ring.authority()).doesNotContain("PRIVATE");
    }
}
