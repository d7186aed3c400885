package dev.berth.k8s.admission;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Authority and serving certificate as they lie in the secret. A new authority is announced one step before it signs: the
 * bundle holds it while the old one still serves, so that no call meets a certificate that its caller cannot check.
 *
 * @param next the authority that will sign next; empty: none is on its way
 * @param previous certificate of the authority that signed before; stays in the bundle; may be empty
 */
record KeyRing(
        Certificates.Pair authority, Certificates.Pair serving, Optional<Certificates.Pair> next, String previous) {
    /** How long each lives. */
    record Lives(Duration authority, Duration serving) {}

    private static final Certificates CERTIFICATES = new Certificates();

    static KeyRing fresh(List<String> names, Lives lives, Instant now) {
        Certificates.Pair authority = CERTIFICATES.authority(now, lives.authority());
        return new KeyRing(
                authority, CERTIFICATES.serving(authority, names, now, lives.serving()), Optional.empty(), "");
    }

    /** The ring as it should be now; the same one where nothing is due. */
    KeyRing turned(List<String> names, Lives lives, Instant now) {
        try {
            if (next.isPresent()) {
                Certificates.Pair newAuthority = next.get();
                return new KeyRing(
                        newAuthority,
                        CERTIFICATES.serving(newAuthority, names, now, lives.serving()),
                        Optional.empty(),
                        authority.certificate());
            }
            if (Certificates.isOld(Certificates.read(authority.certificate()), now)) {
                return new KeyRing(
                        authority, serving, Optional.of(CERTIFICATES.authority(now, lives.authority())), previous);
            }
            X509Certificate serves = Certificates.read(serving.certificate());
            return Certificates.isOld(serves, now) || !covers(serves, names)
                    ? new KeyRing(
                            authority, CERTIFICATES.serving(authority, names, now, lives.serving()), next, previous)
                    : this;
        } catch (GeneralSecurityException unreadable) {
            return fresh(names, lives, now);
        }
    }

    private static boolean covers(X509Certificate certificate, List<String> names) throws GeneralSecurityException {
        var alternatives = certificate.getSubjectAlternativeNames();
        return alternatives != null
                && alternatives.stream()
                        .map(one -> String.valueOf(one.get(1)))
                        .toList()
                        .containsAll(names);
    }

    /** Every authority that may be met, as PEM. */
    String bundle() {
        return authority.certificate()
                + next.map(Certificates.Pair::certificate).orElse("")
                + previous;
    }

    Map<String, String> toSecret() {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("ca.crt", encoded(authority.certificate()));
        data.put("ca.key", encoded(authority.key()));
        data.put("tls.crt", encoded(serving.certificate()));
        data.put("tls.key", encoded(serving.key()));
        data.put("next-ca.crt", encoded(next.map(Certificates.Pair::certificate).orElse("")));
        data.put("next-ca.key", encoded(next.map(Certificates.Pair::key).orElse("")));
        data.put("previous-ca.crt", encoded(previous));
        return data;
    }

    /** Empty where the secret does not hold a whole ring. */
    static Optional<KeyRing> fromSecret(Map<String, String> data) {
        Certificates.Pair authority = new Certificates.Pair(decoded(data, "ca.crt"), decoded(data, "ca.key"));
        Certificates.Pair serving = new Certificates.Pair(decoded(data, "tls.crt"), decoded(data, "tls.key"));
        Certificates.Pair next = new Certificates.Pair(decoded(data, "next-ca.crt"), decoded(data, "next-ca.key"));
        boolean whole = List.of(authority, serving).stream()
                .noneMatch(pair -> pair.certificate().isEmpty() || pair.key().isEmpty());
        return whole
                ? Optional.of(new KeyRing(
                        authority,
                        serving,
                        next.certificate().isEmpty() ? Optional.empty() : Optional.of(next),
                        decoded(data, "previous-ca.crt")))
                : Optional.empty();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String decoded(Map<String, String> data, String key) {
        String text = data.get(key);
        return text == null ? "" : new String(Base64.getMimeDecoder().decode(text), StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "KeyRing[keys are not shown]";
    }
}
