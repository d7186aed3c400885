package dev.berth.loadtest;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** A certificate for 127.0.0.1 that lives as long as the load, made by the JDK's keytool. */
record OwnCertificate(Path certificate, Path key) {
    private static final String ALIAS = "gateway";

    static OwnCertificate create(Path directory) throws IOException {
        Path store = directory.resolve("gateway.p12");
        String password = UUID.randomUUID().toString();
        keytool(store, password);
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password.toCharArray());
            return new OwnCertificate(
                    pem(
                            directory.resolve("gateway.crt"),
                            "CERTIFICATE",
                            keys.getCertificate(ALIAS).getEncoded()),
                    pem(
                            directory.resolve("gateway.key"),
                            "PRIVATE KEY",
                            keys.getKey(ALIAS, password.toCharArray()).getEncoded()));
        } catch (GeneralSecurityException unreadable) {
            throw new IOException("Expected a certificate from keytool, but it cannot be read.", unreadable);
        }
    }

    private static void keytool(Path store, String password) throws IOException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        ProcessBuilder command = new ProcessBuilder(List.of(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                "STORE_PASSWORD"));
        command.environment().put("STORE_PASSWORD", password);
        command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            int code = command.start().waitFor();
            if (code != 0) {
                throw new IOException(
                        "Expected " + keytool + " to make a certificate, but it ended with " + code + ".");
            }
        } catch (InterruptedException stop) {
            throw new InterruptedIOException("Interrupted while a certificate was made");
        }
    }

    private static Path pem(Path file, String type, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(file, "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
    }
}
