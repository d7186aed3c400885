package dev.berth.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real kube-apiserver with a real etcd in a temporary folder, on free ports of the loopback address, with RBAC. Use it
 * in {@code @BeforeAll} and close it in {@code @AfterAll}; it is ready some seconds after {@link #start}.
 */
public final class KubeApiServer implements AutoCloseable {
    /** The administrator, who may do everything. */
    public static final String ADMIN = "admin";

    private static final Pattern ESTABLISHED =
            Pattern.compile("\"type\":\\s*\"Established\",\\s*\"status\":\\s*\"True\"");

    private final Path folder;
    private final int etcdPort;
    private final int port;
    private final RunningCommand etcd;
    private final List<RunningCommand> beside = new ArrayList<>();
    private RunningCommand server;

    private KubeApiServer(Path folder, int etcdPort, int peerPort, int port) {
        this.folder = folder;
        this.etcdPort = etcdPort;
        this.port = port;
        this.etcd = new RunningCommand(folder, etcdCommand(etcdPort, peerPort));
        try {
            etcd.awaitReady(() -> KubeHttp.answers(URI.create("http://127.0.0.1:" + etcdPort + "/health")));
            this.server = startServer();
        } catch (RuntimeException failure) {
            etcd.close();
            throw failure;
        }
    }

    /** Starts both; further users have no rights until a test binds roles to them. */
    public static KubeApiServer start(String... users) {
        Testbed.command("kube-apiserver");
        try {
            Path folder = Files.createTempDirectory("berth-kube");
            write(folder, "tokens.csv", tokens(users));
            write(folder, "sa.key", newKey());
            List<Integer> ports = freePorts();
            return new KubeApiServer(folder, ports.get(0), ports.get(1), ports.get(2));
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException("Cannot prepare the folder of kube-apiserver.", failure);
        }
    }

    public String url() {
        return "https://127.0.0.1:" + port;
    }

    /** A kubeconfig file of the administrator. */
    public Path kubeconfig() {
        return kubeconfig(ADMIN);
    }

    /** A kubeconfig file of one of the users that were given to {@link #start}. */
    public Path kubeconfig(String user) {
        return write(folder, user + ".kubeconfig", """
                apiVersion: v1
                kind: Config
                current-context: test
                clusters: [{name: test, cluster: {server: "%s", certificate-authority: "%s"}}]
                users: [{name: "%s", user: {token: "%s-token"}}]
                contexts: [{name: test, context: {cluster: test, user: "%s"}}]
                """.formatted(url(), certificate(), user, user, user));
    }

    /** Applies each YAML file of the folder, one CustomResourceDefinition in each, and waits until they are served. */
    public KubeApiServer installCrds(Path crds) {
        KubeHttp http = http();
        try (Stream<Path> files = Files.list(crds)) {
            for (Path file : files.sorted().toList()) {
                String crd = file.getFileName().toString().replace(".yaml", "");
                String path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + crd;
                http.apply(path, Files.readString(file));
                server.awaitReady(() -> ESTABLISHED.matcher(http.get(path)).find());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return this;
    }

    /** Berth's own definitions, as the chart ships them. */
    public KubeApiServer installBerthCrds() {
        return installCrds(
                Path.of(System.getProperty("berth.root"), "k8s", "charts", "berth-cluster", "files", "crds"));
    }

    /** Server-side applies one YAML or JSON object at its path, such as {@code /api/v1/namespaces/berth}. */
    public KubeApiServer apply(String path, String yaml) {
        http().apply(path, yaml);
        return this;
    }

    /** Starts the real controllers: of Jobs, Deployments, namespaces, garbage and so on. */
    public KubeApiServer withControllers() {
        return with(
                "kube-controller-manager",
                "--kubeconfig=" + kubeconfig(),
                "--leader-elect=false",
                "--use-service-account-credentials=false",
                "--service-account-private-key-file=sa.key",
                "--secure-port=0");
    }

    /**
     * Starts kubelets that only pretend, for all nodes.
     *
     * @param stages what they do with nodes and pods, as Stage objects of kwok
     */
    public KubeApiServer withPretendKubelets(String stages) {
        write(folder, "stages.yaml", stages);
        try (ServerSocket one = listen()) {
            String address = "--server-address=127.0.0.1:" + one.getLocalPort();
            one.close();
            return with(
                    "kwok", "--kubeconfig=" + kubeconfig(), "--manage-all-nodes=true", address, "--config=stages.yaml");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private KubeApiServer with(String command, String... arguments) {
        List<String> line = new ArrayList<>(List.of(Testbed.command(command).toString()));
        line.addAll(List.of(arguments));
        beside.add(new RunningCommand(folder, line));
        return this;
    }

    /**
     * Starts another command of the testbed as the administrator, such as kube-scheduler; whoever asked closes it, before
     * this.
     *
     * @param arguments further ones; the kubeconfig is given
     */
    public AutoCloseable startBeside(String command, String... arguments) {
        List<String> line = new ArrayList<>();
        line.add(Testbed.command(command).toString());
        line.add("--kubeconfig=" + kubeconfig());
        line.addAll(List.of(arguments));
        RunningCommand started = new RunningCommand(folder, line);
        return started::close;
    }

    /** Stops the API server and starts it again with what etcd holds; all watches break. */
    public void restart() {
        stopServer();
        startServerAgain();
    }

    /** Stops the API server and leaves etcd: nothing answers any more. */
    public void stopServer() {
        server.close();
    }

    /** Starts the API server that was stopped, on the same port. */
    public void startServerAgain() {
        server = startServer();
    }

    @Override
    public void close() {
        beside.forEach(RunningCommand::close);
        server.close();
        etcd.close();
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException leftBehind) {
            throw new UncheckedIOException(leftBehind);
        }
    }

    private RunningCommand startServer() {
        RunningCommand started = new RunningCommand(folder, serverCommand());
        KubeHttp http = http();
        started.awaitReady(http::ready);
        return started;
    }

    private KubeHttp http() {
        return new KubeHttp(url(), ADMIN + "-token", certificate());
    }

    private Path certificate() {
        return folder.resolve("apiserver.crt");
    }

    private static List<String> etcdCommand(int port, int peerPort) {
        String url = "http://127.0.0.1:" + port;
        String peer = "http://127.0.0.1:" + peerPort;
        return List.of(
                Testbed.command("etcd").toString(),
                "--data-dir=etcd",
                "--listen-client-urls=" + url,
                "--advertise-client-urls=" + url,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                "--unsafe-no-fsync");
    }

    private List<String> serverCommand() {
        return List.of(
                Testbed.command("kube-apiserver").toString(),
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--service-account-issuer=https://kubernetes.default",
                "--service-account-key-file=sa.key",
                "--service-account-signing-key-file=sa.key",
                "--cert-dir=" + folder,
                "--secure-port=" + port,
                "--bind-address=127.0.0.1",
                "--token-auth-file=tokens.csv",
                "--authorization-mode=RBAC",
                // Needs a controller that makes the service accounts, which is not part of this testbed.
                "--disable-admission-plugins=ServiceAccount",
                "--service-cluster-ip-range=10.0.0.0/24");
    }

    private static String tokens(String... users) {
        StringBuilder tokens = new StringBuilder(ADMIN + "-token," + ADMIN + "," + ADMIN + ",system:masters\n");
        for (String user : users) {
            tokens.append(user)
                    .append("-token,")
                    .append(user)
                    .append(',')
                    .append(user)
                    .append('\n');
        }
        return tokens.toString();
    }

    private static String newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static List<Integer> freePorts() throws IOException {
        try (ServerSocket one = listen();
                ServerSocket two = listen();
                ServerSocket three = listen()) {
            return List.of(one.getLocalPort(), two.getLocalPort(), three.getLocalPort());
        }
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static Path write(Path folder, String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
