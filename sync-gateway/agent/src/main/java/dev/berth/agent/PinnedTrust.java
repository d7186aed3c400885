package dev.berth.agent;

import dev.berth.tunnel.Digests;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.net.ssl.X509TrustManager;

/**
 * Believes a chain that leads to the authority whose public key the join token names. The authority's certificate has to
 * be part of the chain that the gateway shows.
 */
final class PinnedTrust implements X509TrustManager {
    private final byte[] pin;

    PinnedTrust(String pin) {
        this.pin = Base64.getUrlDecoder().decode(pin);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        for (int i = 0; i < chain.length; i++) {
            if (Arrays.equals(pin, Digests.sha256(chain[i].getPublicKey().getEncoded()))) {
                validate(Arrays.asList(chain).subList(0, i), chain[i]);
                return;
            }
        }
        throw new CertificateException(
                "Expected the authority that the join token names, but the gateway shows another."
                        + " Somebody may be in between.");
    }

    private static void validate(List<X509Certificate> below, X509Certificate authority) throws CertificateException {
        authority.checkValidity();
        if (below.isEmpty()) {
            return;
        }
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(below), parameters);
        } catch (GeneralSecurityException broken) {
            throw new CertificateException("Expected a chain that leads to the pinned authority.", broken);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("An agent serves nobody.");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
