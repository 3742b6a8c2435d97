package voiptui;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The house: which package may import which, and who may touch what is outside. */
class ArchitectureTest {

    /** Each package and the ones of ours that it may import; {@code cli} and what is below it may import all. */
    static final Map<String, String> MAY_IMPORT = Map.ofEntries(
            Map.entry("time", ""),
            Map.entry("event", "time"),
            Map.entry("net", "time"),
            Map.entry("net.ssh", "net"),
            Map.entry("audio", "time"),
            Map.entry("audio.device", "audio time"),
            Map.entry("audio.device.sdl", "audio audio.device natives time"),
            Map.entry("audio.dsp", "audio"),
            Map.entry("audio.spec", "audio audio.device audio.device.sdl audio.wav time"),
            Map.entry("audio.wav", "audio audio.dsp audio.wav.format files"),
            Map.entry("audio.wav.format", ""),
            Map.entry("audio.webrtc", "audio.dsp natives"),
            Map.entry("rtp", "time"),
            Map.entry("rtp.rtcp", "rtp time"),
            Map.entry("rtp.repair", "rtp rtp.rtcp time"),
            Map.entry("codec", "audio audio.dsp natives"),
            Map.entry("crypto", "identity rtp net natives time"),
            Map.entry("jitter", ""),
            Map.entry("voice", "audio audio.dsp codec jitter rtp rtp.repair"),
            Map.entry("natives", ""),
            Map.entry("protocol", "protocol.offer net"),
            Map.entry("protocol.classic", "net"),
            Map.entry("protocol.offer", ""),
            Map.entry("identity", "files"),
            Map.entry("files", ""),
            Map.entry("history", "event files time"),
            Map.entry(
                    "relay",
                    "relay.control relay.control.limit relay.registrar relay.call relay.admission relay.directory relay.media "
                            + "relay.media.measure relay.media.socket relay.metrics relay.ops relay.cluster relay.cluster.node identity protocol.classic net event time"),
            Map.entry(
                    "relay.control",
                    "relay.control.limit relay.registrar relay.call relay.session relay.media identity natives protocol protocol.classic net "
                            + "event time"),
            Map.entry("relay.control.limit", "net event time"),
            Map.entry(
                    "relay.registrar",
                    "relay.call relay.admission relay.directory relay.presence relay.session relay.media relay.media.measure "
                            + "protocol protocol.offer net event time"),
            Map.entry(
                    "relay.call",
                    "relay.admission relay.presence relay.session relay.media relay.media.measure protocol "
                            + "protocol.classic protocol.offer net event time"),
            Map.entry(
                    "relay.cluster",
                    "relay.cluster.node relay.registrar relay.call relay.directory relay.presence relay.media relay.media.hop identity protocol "
                            + "net event time"),
            Map.entry("relay.cluster.node", "identity"),
            Map.entry("relay.cluster.infinispan", "relay.cluster.node identity"),
            Map.entry("relay.media.hop", ""),
            Map.entry("relay.media.request", ""),
            Map.entry("relay.presence", "relay.directory protocol time"),
            Map.entry("relay.session", "relay.media relay.media.measure protocol time"),
            Map.entry("relay.admission", "protocol.classic net time"),
            Map.entry("relay.directory", "files identity protocol net time"),
            Map.entry("relay.ops", "relay.registrar relay.directory files identity protocol event time"),
            Map.entry(
                    "relay.media",
                    "relay.media.measure relay.media.socket relay.media.linux relay.media.hop relay.media.request protocol rtp net event time"),
            Map.entry("relay.media.measure", "rtp time"),
            Map.entry("relay.metrics", "relay.media.measure event"),
            Map.entry("relay.media.socket", "net time"),
            Map.entry("relay.media.linux", "relay.media.socket natives"),
            Map.entry("session", "identity protocol protocol.offer net net.ssh event time"),
            Map.entry(
                    "media",
                    "media.stream media.device media.record media.secure media.quality voice audio audio.dsp audio.webrtc codec "
                            + "jitter crypto identity rtp rtp.rtcp rtp.repair protocol.offer net event time"),
            Map.entry("media.stream", "voice audio jitter rtp rtp.rtcp rtp.repair net event time"),
            Map.entry("media.device", "audio audio.device audio.dsp audio.spec event time"),
            Map.entry("media.record", "audio audio.dsp audio.wav rtp.repair voice event time"),
            Map.entry("media.quality", "voice event time"),
            Map.entry("media.secure", "crypto identity rtp net event time"),
            Map.entry("call", "media media.stream crypto session audio protocol protocol.offer event time"),
            Map.entry(
                    "call.classic",
                    "call media media.stream media.device audio codec rtp protocol.classic protocol.offer net event "
                            + "time"),
            Map.entry(
                    "phone",
                    "phone.peers call media media.device session identity audio audio.dsp protocol protocol.offer net event "
                            + "time"),
            Map.entry("phone.peers", "call event"),
            Map.entry(
                    "doctor",
                    "crypto session identity audio audio.dsp audio.spec audio.webrtc codec rtp protocol time"),
            Map.entry("report", "event"),
            Map.entry("report.log", "report event files"),
            Map.entry(
                    "demo",
                    "demo.network demo.speech phone call media media.device relay session identity audio audio.dsp "
                            + "audio.wav protocol protocol.classic protocol.offer net event time"),
            Map.entry(
                    "bench",
                    "relay relay.media.linux relay.media.socket identity protocol protocol.classic protocol.offer rtp"),
            Map.entry("demo.network", ""),
            Map.entry("demo.speech", ""),
            Map.entry("tui", "tui.key tui.terminal tui.terminal.input event"),
            Map.entry("tui.key", "tui.terminal"),
            Map.entry("tui.terminal", "tui.terminal.input"),
            Map.entry("tui.terminal.input", ""),
            Map.entry("tui.widget", "tui.key tui.terminal event"),
            Map.entry(
                    "tui.call",
                    "tui tui.call.model tui.call.pane tui.device tui.key tui.terminal tui.terminal.input tui.widget event report"),
            Map.entry("tui.call.model", "tui.device tui.key tui.widget event"),
            Map.entry("tui.call.pane", "tui.call.model tui.device tui.key tui.terminal tui.widget event report"),
            Map.entry("tui.device", "tui.terminal tui.widget event report"),
            Map.entry(
                    "tui.phone",
                    "tui tui.call tui.call.model tui.device tui.key tui.terminal tui.terminal.input tui.widget event report"),
            Map.entry("tui.top", "tui tui.key tui.terminal tui.widget event report"));

    private static JavaClasses ours;

    @BeforeAll
    static void importClasses() {
        ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("voiptui");
    }

    static Stream<String> packages() {
        return MAY_IMPORT.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void shouldImportOnlyWhatStandsBelow(String name) {
        String[] allowed = Stream.concat(
                        Stream.of(name), Arrays.stream(MAY_IMPORT.get(name).split(" ")))
                .filter(word -> !word.isEmpty())
                .map(word -> "voiptui." + word)
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage("voiptui." + name)
                .should()
                .dependOnClassesThat(resideInAnyPackage("voiptui..").and(resideOutsideOfPackages(allowed)))
                .allowEmptyShould(true)
                .check(ours);
    }

    @Test
    void shouldHaveNoPackageThatTheTableDoesNotKnow() {
        Set<String> found = ours.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.replaceFirst("^voiptui\\.?", ""))
                .filter(name -> !name.matches("cli(\\..*)?"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(MAY_IMPORT.keySet()).isEqualTo(found);
        assertThat(ours.size()).as("classes looked at").isGreaterThan(100);
    }

    @Test
    void shouldHaveNoCyclesBetweenPackagesOrSubpackages() {
        slices().matching("voiptui.(**)").should().beFreeOfCycles().check(ours);
    }

    /** The rules of calls are decided without a network: they are tested with a clock and a list of messages. */
    @Test
    void shouldDecideCallsWithoutSockets() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "voiptui.relay.registrar..",
                        "voiptui.relay.call..",
                        "voiptui.relay.session..",
                        "voiptui.relay.presence..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.channels..", "io.netty..", "javax.net..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.\\w*Socket(?!Address)\\w*")
                .check(ours);
    }

    @Test
    void shouldKeepTheRelayHeadless() {
        noClasses()
                .that()
                .resideInAPackage("voiptui.relay..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "voiptui.audio..",
                        "voiptui.codec..",
                        "voiptui.jitter..",
                        "voiptui.tui..",
                        "voiptui.call..",
                        "voiptui.media..",
                        "javax.sound..",
                        "java.awt..")
                .check(ours);
    }

    @ParameterizedTest(name = "{0} only in {1}")
    @CsvSource({
        "picocli.., cli",
        "org.tomlj.., cli.config",
        "io.netty.., relay bench",
        "org.HdrHistogram.., bench",
        "org.infinispan.., relay.cluster.infinispan",
        "org.jgroups.., relay.cluster.infinispan",
        "io.prometheus.., relay.metrics",
        "com.sun.net.httpserver.., relay.metrics",
        "com.google.gson.., report protocol history",
        "org.bouncycastle.., identity crypto",
        "io.github.jaredmdobson.., codec",
        "org.lwjgl.., codec crypto audio.device.sdl natives relay.media.linux",
        "dev.onvoid.webrtc.., audio",
        "com.googlecode.lanterna.., tui",
        "javax.sound.sampled.., audio",
        "sun.misc.., cli",
        "java.util.logging.., report relay",
        "voiptui.demo.., demo cli",
    })
    void shouldKeepALibraryInItsPlace(String library, String users) {
        String[] allowed = Arrays.stream(users.split(" "))
                .map(name -> "voiptui." + name + "..")
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library)
                .check(ours);
    }

    @Test
    void shouldUseNoOtherLibrary() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "voiptui..",
                        "java..",
                        "javax.sound.sampled..",
                        "picocli..",
                        "org.tomlj..",
                        "io.netty..",
                        "io.prometheus..",
                        "org.HdrHistogram..",
                        "org.infinispan..",
                        "org.jgroups..",
                        "com.sun.net.httpserver..",
                        "com.google.gson..",
                        "com.googlecode.lanterna..",
                        "org.bouncycastle..",
                        "io.github.jaredmdobson..",
                        "org.lwjgl..",
                        "dev.onvoid.webrtc..",
                        "javax.crypto..",
                        "javax.net..",
                        "sun.misc..",
                        "com.sun.management..",
                        "org.jspecify..")
                .check(ours);
    }

    /** What reads or writes the terminal is the command line's business; the report prints where it is told to. */
    @Test
    void shouldTouchStandardStreamsInTheCommandLineOnly() {
        noClasses()
                .that(not(resideInAnyPackage("voiptui.cli..", "voiptui.report..")))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessField(System.class, "in")
                .check(ours);
    }

    @Test
    void shouldExitInTheCommandLineOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("voiptui.cli..")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(ours);
    }

    /** Time is a parameter: who reads the system's clock himself cannot be tested without waiting. */
    @Test
    void shouldPassTimeAsAParameterInTheCore() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "voiptui.jitter..",
                        "voiptui.rtp..",
                        "voiptui.codec..",
                        "voiptui.call..",
                        "voiptui.protocol..",
                        "voiptui.media..",
                        "voiptui.demo..",
                        "voiptui.relay..")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(ours);
    }

    /** Immutable by their kind: between threads go records, enums and texts. */
    @Test
    void shouldMakeEveryEventARecord() {
        List<JavaClass> events = ours.stream()
                .filter(type -> type.isAssignableTo("voiptui.event.Event") && !type.isInterface())
                .toList();

        assertThat(events).hasSizeGreaterThan(20).allMatch(JavaClass::isRecord);
    }
}
