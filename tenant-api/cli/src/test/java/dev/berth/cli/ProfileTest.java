package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.outcome.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered stays private, and with the server that it belongs to. */
final class ProfileTest {
    @TempDir
    private Path home;

    private Path file;

    @BeforeEach
    void aProfile() {
        file = Profile.fileFor(Map.of("XDG_CONFIG_HOME", home.toString()));
        Profile profile = Profile.read(file);
        profile.remember("http://one:1", new Profile.Remembered("token-1", "a@b", "", "vision", "", ""));
        profile.use("http://one:1");
        profile.save();
    }

    @Test
    void onlyTheOwnerReadsTheFile() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Profile.read(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void whatWasRememberedIsThereAgain() {
        Profile.Remembered known = Profile.read(file).at("http://one:1");
        assertThat(known.token()).isEqualTo("token-1");
        assertThat(known.project()).isEqualTo("vision");
        assertThat(known.toString()).doesNotContain("token-1");
        assertThat(known.signedOut().token()).isEmpty();
        assertThat(known.signedOut().project()).isEqualTo("vision");
    }

    @Test
    void aTokenGoesToNoOtherServer() throws IOException {
        try (var other = new OneAnswer(401, "{}")) {
            Shell.Ran ran = new Shell(home).run("get", "projects", "--url", other.url());
            assertThat(ran.code()).isEqualTo(4);
            assertThat(other.request())
                    .doesNotContainIgnoringCase("authorization")
                    .doesNotContain("token-1");
        }
    }

    @Test
    void aRedirectIsNotFollowedWithTheToken() throws IOException {
        try (var other = new OneAnswer(200, "{}");
                var first = new OneAnswer(302, "", "Location: " + other.url() + "/")) {
            Shell.Ran ran = new Shell(home).with("BERTH_TOKEN", "secret").run("get", "projects", "--url", first.url());
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("sends callers on to " + other.url());
            assertThat(other.asked()).isFalse();
        }
    }

    @Test
    void aBrokenFileIsNamedAndNotShown() throws IOException {
        Files.writeString(file, "{\"servers\": \"token-1");
        Assertions.assertThatThrownBy(() -> Profile.read(file))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("token-1");
    }

    @Test
    void theStandardsOfTheServerAreSetAndServersForgotten() {
        assertThat(new Shell(home)
                        .run("context", "set", "--cluster", "borealis", "--project", "")
                        .out())
                .isEqualTo("* http://one:1  a@b  cluster borealis\n");
        assertThat(new Shell(home).run("context", "use", "http://two:2").code()).isEqualTo(5);
        assertThat(new Shell(home).run("context", "delete", "http://one:1").code())
                .isZero();
        assertThat(Profile.read(file).urls()).isEmpty();
    }

    @Test
    void anAddressIsReadAsPeopleTypeIt() {
        assertThat(dev.berth.cli.wire.Server.of("localhost:8080/").url()).isEqualTo("http://localhost:8080");
        assertThat(dev.berth.cli.wire.Server.of("berth.example.org").url()).isEqualTo("https://berth.example.org");
        assertThat(dev.berth.cli.wire.Server.of("https://Host/berth/api/v1").url())
                .isEqualTo("https://host/berth");
        assertThat(new dev.berth.cli.wire.Server("http://far").readableOnTheWay())
                .isTrue();
        assertThat(new dev.berth.cli.wire.Server("http://127.0.0.1:1").readableOnTheWay())
                .isFalse();
        for (String wrong : new String[] {"ftp://x", "http://", "http://a b", "", "https://h/?x=1"}) {
            Assertions.assertThatThrownBy(() -> dev.berth.cli.wire.Server.of(wrong))
                    .isInstanceOf(Failure.class);
        }
    }
}
