package dev.berth.k8s.admission;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes an authority of our own and what it signs: elliptic keys, P-256, as every API server knows them. */
final class Certificates {
    /** How far the API server's clock may be behind; a tenth of a short life at most, or it would begin old. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final int SKEW_PART = 10;
    private static final int SERIAL_BITS = 120;
    private static final int PEM_LINE = 64;
    private static final String ISSUER = "CN=berth-admission-ca";

    /** A certificate and its key, both as PEM. The key is a secret and never shown. */
    record Pair(String certificate, String key) {
        @Override
        public String toString() {
            return "Pair[certificate and key]";
        }
    }

    private final SecureRandom random = new SecureRandom();

    Pair authority(Instant now, Duration life) {
        KeyPair keys = keys();
        X500Name name = new X500Name(ISSUER);
        X509v3CertificateBuilder builder = builder(name, name, keys, now, life);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        } catch (CertIOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return new Pair(
                signed(builder, keys.getPrivate()),
                pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
    }

    /** @param names host names and addresses under which the endpoint is called */
    Pair serving(Pair authority, List<String> names, Instant now, Duration life) {
        KeyPair keys = keys();
        X509v3CertificateBuilder builder =
                builder(new X500Name(ISSUER), new X500Name("CN=berth-admission"), keys, now, life);
        GeneralName[] alternatives = names.stream()
                .map(name -> new GeneralName(
                        name.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
        } catch (CertIOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return new Pair(
                signed(builder, key(authority)),
                pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
    }

    /** Whether two thirds of its life are over. */
    static boolean isOld(X509Certificate certificate, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(from, certificate.getNotAfter().toInstant());
        return !now.isBefore(from.plus(life.multipliedBy(2).dividedBy(3)));
    }

    static X509Certificate read(String pem) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair keys, Instant now, Duration life) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, random),
                Date.from(now.minus(skew(life))),
                Date.from(now.plus(life)),
                subject,
                keys.getPublic());
    }

    private static Duration skew(Duration life) {
        Duration part = life.dividedBy(SKEW_PART);
        return part.compareTo(SKEW) < 0 ? part : SKEW;
    }

    private KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static PrivateKey key(Pair authority) {
        String base64 = authority.key().replaceAll("-----[A-Z ]+-----|\\s", "");
        try {
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalStateException("Expected an elliptic key in the authority's secret.", unreadable);
        }
    }

    private static String signed(X509v3CertificateBuilder builder, PrivateKey by) {
        try {
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by)));
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException | OperatorCreationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String pem(String what, byte[] bytes) {
        String base64 = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
    }
}
