package dev.berth.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.UUID;

/** The rules of the house, as prose: which room may know what, and the way out when a rule is in your way. */
@AnalyzeClasses(packages = "dev.berth", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    @ArchTest
    static final ArchRule THE_CORE_IS_PURE = noClasses()
            .that()
            .resideInAPackage("dev.berth.scheduler.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx..",
                    "io.fabric8..",
                    "java.util.concurrent..",
                    "java.net..",
                    "java.nio.file..",
                    "org.slf4j..")
            .because("a cycle must replay byte for byte; time, I/O and threads live in dev.berth.scheduler.verticle");

    @ArchTest
    static final ArchRule THE_TUNNEL_STATES_ARE_PURE = noClasses()
            .that()
            .resideInAPackage("dev.berth.tunnel..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.fabric8..", "java.net..", "java.nio.file..", "org.slf4j..")
            .because("both ends are simulated without a socket; sockets live in dev.berth.gateway and dev.berth.agent");

    @ArchTest
    static final ArchRule THE_MODEL_KNOWS_ONLY_THE_JDK = classes()
            .that()
            .resideInAPackage("dev.berth.model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.berth.model..", "java..", "org.jspecify..")
            .because("words that every room uses must not bring a library into every room");

    @ArchTest
    static final ArchRule MESSAGES_HOLD_ONLY_WORDS = classes()
            .that()
            .resideInAPackage("dev.berth.contract..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.berth.contract..", "dev.berth.model..", "java..", "org.jspecify..")
            .because("a message is shared by reference in one process and sent as CBOR between two");

    @ArchTest
    static final ArchRule ONLY_THE_BUS_TOUCHES_THE_EVENT_BUS = noClasses()
            .that()
            .resideOutsideOfPackage("dev.berth.runtime..")
            .should()
            .callMethod(Vertx.class, "eventBus")
            .because(
                    "string addresses and untyped bodies end in dev.berth.runtime.Bus; add a Call or Topic to a contract");

    @ArchTest
    static final ArchRule ONLY_THE_RUNTIME_KNOWS_HAZELCAST = noClasses()
            .that()
            .resideOutsideOfPackage("dev.berth.runtime..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster.hazelcast..")
            .because("no decision may rest on Hazelcast; what must not be lost is a row");

    @ArchTest
    static final ArchRule SQL_STAYS_IN_THREE_ROOMS = noClasses()
            .that()
            .resideOutsideOfPackages("dev.berth.api.server..", "dev.berth.schema..", "dev.berth.gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..", "org.flywaydb..", "java.sql..")
            .because("tenant isolation has its second wall in PostgreSQL; ask the API, or the tunnel's functions");

    @ArchTest
    static final ArchRule ONLY_THE_SCHEMA_KNOWS_JDBC = noClasses()
            .that()
            .resideOutsideOfPackage("dev.berth.schema..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.flywaydb..")
            .because("migrations are the only use of JDBC; everything else goes through the reactive client");

    @ArchTest
    static final ArchRule KUBERNETES_STAYS_IN_THE_CLUSTER_PART = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.berth.k8s..", "dev.berth.scheduler.verticle..", "dev.berth.agent..", "dev.berth.demo..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..")
            .because("the control plane must not need a Kubernetes client; they meet in the tunnel");

    @ArchTest
    static final ArchRule THE_CONTROL_PLANE_AND_THE_CLUSTER_PART_MEET_IN_THE_TUNNEL = noClasses()
            .that()
            .resideInAnyPackage("dev.berth.api..", "dev.berth.gateway..", "dev.berth.schema..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.berth.k8s..", "dev.berth.scheduler..", "dev.berth.agent..")
            .because("either side runs without the other; put what both need into the model or the tunnel's protocol");

    @ArchTest
    static final ArchRule TIME_IS_GIVEN = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.berth.runtime..", "dev.berth.app..", "dev.berth.cli..", "dev.berth.loadtest..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Math.class, "random")
            .because("RoleContext.clock() is the only clock, so that tests and simulations own time");

    @ArchTest
    static final ArchRule THE_CORES_DO_NOT_DRAW_LOTS = noClasses()
            .that()
            .resideInAnyPackage("dev.berth.scheduler.core..", "dev.berth.model..", "dev.berth.tunnel..")
            .should()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .because("equal input must give equal bytes");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES = slices().matching("dev.berth.(**)")
            .should()
            .beFreeOfCycles()
            .because("a package that needs its user back is one package, or needs a door");

    @ArchTest
    static final ArchRule CONTROLLERS_OF_THE_CLUSTER_DO_NOT_MEET = slices().matching(
                    "dev.berth.k8s.(operator|grouper|binder|admission)..")
            .should()
            .notDependOnEachOther()
            .because("each can be run, upgraded and restarted alone; the objects in the cluster are their contract");

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_THING_IS = noClasses()
            .that()
            .resideOutsideOfPackages("dev.berth.api.v1..", "dev.berth.tunnel.v1..")
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Factory")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameStartingWith("Abstract")
            .because("such a name hides the noun; find the noun");
}
