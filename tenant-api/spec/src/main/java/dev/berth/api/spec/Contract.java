package dev.berth.api.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The REST contract as it lies in the jar. */
public final class Contract {
    private static final String OPENAPI = "/openapi/berth.yaml";

    private Contract() {}

    /** The OpenAPI document, as YAML. */
    public static String openApi() {
        try (InputStream in = Contract.class.getResourceAsStream(OPENAPI)) {
            if (in == null) {
                throw new IllegalStateException("Expected " + OPENAPI + " in the jar, but it is not there.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
