package voiptui.relay.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import voiptui.identity.Fingerprint;
import voiptui.net.IpText;
import voiptui.protocol.RefusalCode;
import voiptui.relay.call.RegistrarFixture;
import voiptui.relay.directory.DirectorySettings.NameLimits;
import voiptui.testkit.ManualClock;

/** Names and blocks, with changes to the files by the operator and by other processes. */
class DirectoryTest {

    private static final String ONE = RegistrarFixture.fingerprint("one");
    private static final String OTHER = RegistrarFixture.fingerprint("other");

    @TempDir
    private Path stateDir;

    private final List<String> warnings = new ArrayList<>();

    private final ManualClock clock = new ManualClock();

    /** This version has run here before: what it finds without a date is the operator's. */
    @BeforeEach
    void startOnceBefore() throws IOException {
        Files.createFile(stateDir.resolve(".names-dated"));
    }

    private Directory open(AccessPolicy access) {
        return open(access, NameLimits.DEFAULT);
    }

    private Directory open(AccessPolicy access, NameLimits limits) {
        return Directories.open(new DirectorySettings(stateDir, access, limits), warnings::add, clock, clock);
    }

    /** Lets the relay look for changes until it takes them as complete. */
    private static void sweep(Directory directory, String... online) {
        directory.sweep(Set.of(online));
        directory.sweep(Set.of(online));
    }

    private static Optional<RefusalCode> refusal(Directory directory, String name, String fingerprint) {
        return refusal(directory, name, fingerprint, "192.0.2.1");
    }

    private static Optional<RefusalCode> refusal(Directory directory, String name, String fingerprint, String from) {
        return directory.refusal(name, fingerprint, ip(from)).map(Refusal::code);
    }

    private static InetAddress ip(String text) {
        return IpText.parse(text).orElseThrow();
    }

    private Path file() {
        return stateDir.resolve("names");
    }

    private void write(String content) throws IOException {
        Files.writeString(file(), content);
    }

    private void append(String line) throws IOException {
        Files.writeString(file(), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void registerIfAllowed(Directory directory, String name, String fingerprint) {
        registerIfAllowed(directory, name, fingerprint, "192.0.2.1");
    }

    private static void registerIfAllowed(Directory directory, String name, String fingerprint, String from) {
        if (refusal(directory, name, fingerprint, from).isEmpty()) {
            directory.register(name, fingerprint, ip(from));
        }
    }

    @Test
    void shouldGiveANameToTheFirstCertificateThatUsesIt() throws IOException {
        Directory directory = open(AccessPolicy.OPEN);
        registerIfAllowed(directory, "dora", ONE);

        assertThat(refusal(directory, "dora", ONE)).isEmpty();
        assertThat(refusal(directory, "dora", OTHER)).contains(RefusalCode.NAME_TAKEN);
        assertThat(Files.readString(file())).isEqualTo("dora " + ONE + " # since 2026-01-02\n");
    }

    @Test
    void shouldWriteANameOnlyOnce() throws IOException {
        Directory directory = open(AccessPolicy.OPEN);
        for (int i = 0; i < 3; i++) {
            registerIfAllowed(directory, "dora", ONE);
        }
        registerIfAllowed(open(AccessPolicy.OPEN), "dora", ONE);

        assertThat(Files.readAllLines(file())).hasSize(1);
    }

    @Test
    void shouldLeaveHandWrittenLinesUnchanged() throws IOException {
        String written = "# phones at home\n\n  Dora\t" + ONE + "   # by the window\nattic " + OTHER;
        write(written);
        Directory directory = open(AccessPolicy.OPEN);
        registerIfAllowed(directory, "hall", ONE);

        assertThat(Files.readString(file())).isEqualTo(written + "\nhall " + ONE + " # since 2026-01-02\n");
        assertThat(directory.names().names()).containsExactly("attic", "dora", "hall");
        assertThat(open(AccessPolicy.OPEN).names().names()).containsExactly("attic", "dora", "hall");
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "dora                    | expected a name and a fingerprint",
                "dora %s and more        | expected a name and a fingerprint",
                "10.0.0.1 %s             | invalid name",
                "../dora %s              | invalid name",
                "dora SHA256:short       | invalid fingerprint",
                "attic %s                | 'attic' is already assigned to another certificate",
            })
    void shouldReportAnInvalidLineByNumberAndSkipIt(String line, String warning) throws IOException {
        write("# comment\nattic " + OTHER + "\n" + line.formatted(ONE) + "\nhall " + ONE + " # since 2026-01-02\n");
        Directory directory = open(AccessPolicy.OPEN);

        assertThat(warnings).singleElement().asString().contains("line 3").contains(warning);
        assertThat(directory.names().names()).containsExactly("attic", "hall");
        assertThat(refusal(directory, "attic", OTHER)).isEmpty();
    }

    @Test
    void shouldReportOnlyTheFirstInvalidLinesOneByOne() throws IOException {
        write("this is another file\n".repeat(1_000));
        open(AccessPolicy.OPEN);

        assertThat(warnings).hasSize(11).last().asString().contains("990 more invalid lines");
    }

    @Test
    void shouldSkipBinaryData() throws IOException {
        Files.write(file(), new byte[] {(byte) 0xff, 0, (byte) 0xc3, '\n', 'x', ' ', (byte) 0x80, '\n'});
        append("dora " + ONE + "\n");

        assertThat(open(AccessPolicy.OPEN).names().names()).containsExactly("dora");
        assertThat(warnings).hasSize(2);
    }

    @Test
    void shouldReadLinesAddedAfterItWasOpened() throws IOException {
        Directory directory = open(AccessPolicy.KNOWN);
        assertThat(refusal(directory, "dora", ONE)).contains(RefusalCode.NOT_ALLOWED);
        append("dora " + ONE + "\n");
        sweep(directory);
        assertThat(refusal(directory, "dora", ONE)).isEmpty();
        append("attic " + OTHER + "\n");
        directory.reload();
        assertThat(refusal(directory, "attic", OTHER)).isEmpty();
    }

    @Test
    void shouldReadLinesThatOthersAdded() throws IOException {
        Directory directory = open(AccessPolicy.OPEN);
        registerIfAllowed(directory, "dora", ONE);
        append("attic " + OTHER + "\n");
        registerIfAllowed(directory, "hall", ONE);

        assertThat(refusal(directory, "attic", ONE)).contains(RefusalCode.NAME_TAKEN);
        assertThat(directory.names().names()).containsExactly("attic", "dora", "hall");
    }

    @Test
    void shouldFreeANameRemovedFromTheFile() throws IOException {
        Directory directory = open(AccessPolicy.OPEN);
        registerIfAllowed(directory, "dora", ONE);
        write("");
        sweep(directory);
        assertThat(refusal(directory, "dora", OTHER)).isEmpty();
    }

    @Test
    void shouldNotTakeAHalfWrittenFileForAChange() throws IOException {
        write("dora " + ONE + "\n");
        Directory directory = open(AccessPolicy.OPEN);
        List<String> reviews = new ArrayList<>();
        directory.onChange(() -> reviews.add("review"));
        directory.sweep(Set.of());
        write("");
        directory.sweep(Set.of());
        write("dora " + ONE + "\nattic " + OTHER + "\n");
        directory.sweep(Set.of());
        assertThat(reviews).isEmpty();

        directory.sweep(Set.of());
        assertThat(reviews).hasSize(1);
        assertThat(directory.names().names()).containsExactly("attic", "dora");
    }

    @Test
    void shouldWriteTheNamesAgainWhenTheFileIsGone() throws IOException {
        write("attic " + OTHER + "\n");
        Directory directory = open(AccessPolicy.OPEN);
        registerIfAllowed(directory, "dora", ONE);
        Files.delete(file());
        sweep(directory);

        assertThat(warnings).singleElement().asString().contains(file() + " is gone");
        assertThat(open(AccessPolicy.OPEN).names().names()).containsExactly("attic", "dora");
        assertThat(refusal(directory, "dora", OTHER)).contains(RefusalCode.NAME_TAKEN);
    }

    @Test
    void shouldReportAnInvalidLineOnlyOnce() throws IOException {
        write("nonsense\n");
        Directory directory = open(AccessPolicy.OPEN);
        for (int i = 0; i < 5; i++) {
            registerIfAllowed(directory, "dora", ONE);
        }
        assertThat(warnings).hasSize(1);
    }

    @ParameterizedTest(name = "{0} as {1}: {2}")
    @CsvSource({
        "one,   dora,  ",
        "one,   attic, NOT_ALLOWED",
        "one,   hall,  NOT_ALLOWED",
        "other, dora,  NOT_ALLOWED",
    })
    void shouldAllowOnlyListedNamesWithKnownAccess(String who, String name, RefusalCode refusal) throws IOException {
        write("dora " + ONE + "\nattic " + OTHER + "\n");

        assertThat(refusal(open(AccessPolicy.KNOWN), name, RegistrarFixture.fingerprint(who))
                        .orElse(null))
                .isEqualTo(refusal);
    }

    @Test
    void shouldLimitTheNamesACertificateCanRegister() throws IOException {
        Directory directory = open(AccessPolicy.OPEN);
        for (int i = 0; i < NameRegistry.MAX_NAMES_EACH; i++) {
            registerIfAllowed(directory, "name" + i, ONE);
        }
        assertThat(refusal(directory, "onemore", ONE)).contains(RefusalCode.NOT_ALLOWED);
        assertThat(directory.names().refusal("onemore", ONE).orElseThrow().reason())
                .isEqualTo(
                        "this certificate has 8 names already: use one of them, or ask the relay's operator for another");
        assertThat(refusal(directory, "onemore", OTHER)).isEmpty();
        append("onemore " + ONE + "\n");
        sweep(directory);
        assertThat(refusal(directory, "onemore", ONE))
                .as("the operator can add more")
                .isEmpty();
    }

    @Test
    void shouldLimitTheNumberOfNames() throws IOException {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < NameRegistry.MAX_NAMES; i++) {
            many.append("n")
                    .append(i)
                    .append(' ')
                    .append(RegistrarFixture.fingerprint("f" + i))
                    .append('\n');
        }
        Files.write(file(), many.toString().getBytes(StandardCharsets.UTF_8));

        assertThat(refusal(open(AccessPolicy.OPEN), "onemore", ONE)).contains(RefusalCode.FULL);
    }

    @Test
    void shouldKeepNamesInMemoryUntilTheyCanBeWritten() throws IOException {
        Directory directory = open(AccessPolicy.OPEN);
        Path inTheWay = Files.createDirectory(stateDir.resolve(".edit-lock"));
        registerIfAllowed(directory, "dora", ONE);
        registerIfAllowed(directory, "attic", OTHER);
        sweep(directory);

        assertThat(refusal(directory, "dora", OTHER)).contains(RefusalCode.NAME_TAKEN);
        assertThat(directory.names().names()).containsExactly("attic", "dora");
        assertThat(file()).doesNotExist();
        assertThat(warnings).as("reported once").singleElement().asString().contains("cannot write " + inTheWay);

        Files.delete(inTheWay);
        sweep(directory);
        assertThat(Files.readAllLines(file())).hasSize(2);
        assertThat(refusal(open(AccessPolicy.OPEN), "dora", OTHER)).contains(RefusalCode.NAME_TAKEN);
    }

    @Test
    void shouldGiveUpANameInMemoryThatTheOperatorHasAssignedToSomebodyElse() throws IOException {
        Directory directory = open(AccessPolicy.OPEN);
        Path inTheWay = Files.createDirectory(stateDir.resolve(".edit-lock"));
        registerIfAllowed(directory, "dora", ONE);
        append("dora " + OTHER + "\n");
        Files.delete(inTheWay);
        sweep(directory);

        assertThat(Files.readAllLines(file())).containsExactly("dora " + OTHER);
        assertThat(directory.objection("dora", ONE, ip("192.0.2.1")).map(Refusal::code))
                .contains(RefusalCode.NAME_TAKEN);
    }

    @Test
    void shouldRemoveANameThatIsNotWrittenYet() throws IOException {
        Directory directory = open(AccessPolicy.OPEN);
        Files.createDirectory(stateDir.resolve(".edit-lock"));
        registerIfAllowed(directory, "dora", ONE);
        Files.delete(stateDir.resolve(".edit-lock"));

        assertThat(directory.remove("dora").join()).isTrue();
        sweep(directory);

        assertThat(directory.names().names()).isEmpty();
        assertThat(file()).doesNotExist();
    }

    @Test
    void shouldReplaceNoHalfLineThatADiskFullHasLeft() throws IOException {
        write("attic " + OTHER + "\ndora SHA2");
        registerIfAllowed(open(AccessPolicy.OPEN), "hall", ONE);

        assertThat(open(AccessPolicy.OPEN).names().names()).containsExactly("attic", "hall");
    }

    @ParameterizedTest
    @ValueSource(strings = {"names", "blocked", "last_seen"})
    void shouldRefuseToStartWithAnUnreadableFile(String name) throws IOException {
        Path unreadable = Files.createDirectory(stateDir.resolve(name));

        assertThatThrownBy(() -> open(AccessPolicy.OPEN))
                .hasRootCauseInstanceOf(IOException.class)
                .hasMessageContaining("cannot read " + unreadable);
    }

    @Test
    void shouldKeepTheNamesReadBeforeWhenTheFileBecomesUnreadable() throws IOException {
        write("dora " + ONE + "\n");
        Directory directory = open(AccessPolicy.KNOWN);
        Files.delete(file());
        Files.createDirectory(file());
        sweep(directory);
        sweep(directory);

        assertThat(refusal(directory, "dora", ONE)).isEmpty();
        assertThat(warnings).singleElement().asString().contains("cannot read " + file());
    }

    @Test
    void shouldReviewAccessWhenANameIsRemovedOrGivenToSomebodyElse() throws IOException {
        write("dora " + ONE + "\nattic " + ONE + "\nhall " + ONE + "\n");
        Directory directory = open(AccessPolicy.KNOWN);
        List<String> objections = new ArrayList<>();
        directory.onChange(() -> Stream.of("dora", "attic", "hall")
                .forEach(name -> directory
                        .objection(name, ONE, ip("192.0.2.1"))
                        .ifPresent(refusal -> objections.add(name + " " + refusal.code()))));
        write("dora " + ONE + "\nattic " + OTHER + "\n");
        directory.reload();

        assertThat(objections).containsExactly("attic NAME_TAKEN", "hall NOT_ALLOWED");
    }

    @Test
    void shouldLimitTheNewNamesOfAnAddress() {
        Directory directory = open(AccessPolicy.OPEN, new NameLimits(0, 3));
        for (int i = 0; i < 10; i++) {
            registerIfAllowed(directory, "n" + i, RegistrarFixture.fingerprint("f" + i), "192.0.2.1");
        }

        assertThat(directory.names().names()).containsExactly("n0", "n1", "n2");
        assertThat(refusal(directory, "new", ONE, "192.0.2.1")).contains(RefusalCode.TOO_MANY);
        assertThat(refusal(directory, "n0", RegistrarFixture.fingerprint("f0"), "192.0.2.1"))
                .as("a name that is known")
                .isEmpty();
        assertThat(refusal(directory, "new", ONE, "192.0.2.2")).isEmpty();
        clock.advanceMs(2 * 3_600_000 + 1);
        assertThat(refusal(directory, "new", ONE, "192.0.2.1"))
                .as("after two hours")
                .isEmpty();
    }

    @Test
    void shouldLimitTheNewNamesOfASiteWithManyNetworks() {
        Directory directory = open(AccessPolicy.OPEN, new NameLimits(0, 2));
        for (int i = 0; i < 20; i++) {
            registerIfAllowed(
                    directory, "n" + i, RegistrarFixture.fingerprint("f" + i), "2001:db8:1:" + i / 4 + "::" + i);
        }

        assertThat(directory.names().names()).hasSize(8);
        assertThat(refusal(directory, "new", ONE, "2001:db8:2::1")).isEmpty();
    }

    @Test
    void shouldNotLimitNewNamesWhenConfigured() {
        Directory directory = open(AccessPolicy.OPEN, new NameLimits(0, 0));
        for (int i = 0; i < 200; i++) {
            registerIfAllowed(directory, "n" + i, RegistrarFixture.fingerprint("f" + i));
        }

        assertThat(directory.names().names()).hasSize(200);
    }

    @Test
    void shouldLetNamesExpireThatAreNotUsed() throws IOException {
        long dayMs = 86_400_000;
        write("kept " + OTHER + "\n");
        Directory directory = open(AccessPolicy.OPEN, new NameLimits(10 * dayMs, 60));
        for (String name : List.of("gone", "seen", "online")) {
            registerIfAllowed(directory, name, ONE);
            directory.lastSeen().note(name, clock.millis());
        }
        clock.advanceMs(5 * dayMs);
        directory.lastSeen().note("seen", clock.millis());
        sweep(directory, "online");
        assertThat(directory.names().names()).containsExactly("gone", "kept", "online", "seen");

        clock.advanceMs(5 * dayMs);
        sweep(directory, "online");

        assertThat(directory.names().names()).containsExactly("kept", "online", "seen");
        assertThat(Files.readString(file())).doesNotContain("gone").startsWith("kept " + OTHER + "\n");
        assertThat(warnings).containsExactly("1 names expired, not used for 10 days: gone");
    }

    @Test
    void shouldNotLetNamesExpireRightAfterTheStart() throws IOException {
        long dayMs = 86_400_000;
        write("dora " + ONE + " # since 2020-01-01\nhall " + ONE + " # since 2020-01-01\n");
        Files.writeString(stateDir.resolve("last_seen"), "dora 1577836800000\n");
        Directory directory = open(AccessPolicy.OPEN, new NameLimits(180 * dayMs, 60));
        clock.advanceMs(dayMs - 1);
        sweep(directory);
        assertThat(directory.names().names()).containsExactly("dora", "hall");

        clock.advanceMs(60_000);
        sweep(directory);
        assertThat(directory.names().names())
                .as("nobody knows when hall was seen: it counts from now")
                .containsExactly("hall");
    }

    @Test
    void shouldKeepANameForGoodThatTheOperatorAssigns() {
        Directory directory = open(AccessPolicy.OPEN, new NameLimits(1_000, 60));
        registerIfAllowed(directory, "dora", ONE);
        directory.allow("dora", Fingerprint.parse(ONE).orElseThrow()).join();
        clock.advanceMs(10_000);
        sweep(directory);

        assertThat(file()).hasContent("dora " + ONE + " # allowed");
        assertThat(directory.names().names()).containsExactly("dora");
    }

    /** Started for the first time with the file of an earlier version. */
    @Test
    void shouldLetNamesOfAnEarlierVersionExpireFromItsFirstStartOn() throws IOException {
        long dayMs = 86_400_000;
        NameLimits limits = new NameLimits(180 * dayMs, 60);
        Files.delete(stateDir.resolve(".names-dated"));
        write("# phones\nold " + ONE + "\nused " + ONE + "\nlabelled " + OTHER + " # by the window\nnonsense\n");
        Files.writeString(stateDir.resolve("last_seen"), "old 1000\nused 1000\n");
        DirectoryFiles.open(stateDir, warning -> {})
                .allow("kitchen", Fingerprint.parse(OTHER).orElseThrow());
        Directory directory = open(AccessPolicy.OPEN, limits);

        assertThat(Files.readAllLines(file()))
                .containsExactly(
                        "# phones",
                        "old " + ONE + " # since 2026-01-02",
                        "used " + ONE + " # since 2026-01-02",
                        "labelled " + OTHER + " # by the window",
                        "nonsense",
                        "kitchen " + OTHER + " # allowed");
        assertThat(warnings)
                .containsExactly(
                        file() + ", line 5: expected a name and a fingerprint",
                        "2 names in " + file() + " had no date: from now on they expire when not used for 180 days;"
                                + " keep one with 'voiptui relay allow'");
        clock.advanceMs(2 * dayMs);
        sweep(directory);
        assertThat(directory.names().names())
                .as("not used for long, but that did not count")
                .contains("old", "used");

        append("byhand " + OTHER + "\n");
        directory = open(AccessPolicy.OPEN, limits);
        directory.lastSeen().note("used", clock.millis());
        clock.advanceMs(179 * dayMs);
        sweep(directory);
        assertThat(directory.names().names()).containsExactly("byhand", "kitchen", "labelled", "used");
    }

    @Test
    void shouldTakeNamesForAssignedWhereNobodyRegistersAny() throws IOException {
        Files.delete(stateDir.resolve(".names-dated"));
        write("dora " + ONE + "\n");
        open(AccessPolicy.KNOWN);
        open(AccessPolicy.OPEN);

        assertThat(file()).hasContent("dora " + ONE);
    }

    @Test
    void shouldStartAlthoughItCannotDateNames() throws IOException {
        Files.delete(stateDir.resolve(".names-dated"));
        write("dora " + ONE + "\n");
        Files.createDirectory(stateDir.resolve(".edit-lock"));

        assertThat(open(AccessPolicy.OPEN).names().names()).containsExactly("dora");
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("cannot write")
                .endsWith("names without a date do not expire");
    }

    @Test
    void shouldRefuseWhoIsBlocked() throws IOException {
        Files.writeString(stateDir.resolve("blocked"), "# pests\n" + ONE + "\n198.51.100.0/24 # a farm\n2001:db8::1\n");
        Directory directory = open(AccessPolicy.OPEN);

        assertThat(directory.refusal("dora", ONE, ip("192.0.2.1")))
                .contains(new Refusal(RefusalCode.NOT_ALLOWED, "this certificate is blocked", true));
        assertThat(directory.refusal("dora", OTHER, ip("198.51.100.77")))
                .contains(new Refusal(RefusalCode.NOT_ALLOWED, "this address is blocked", true));
        assertThat(directory.refusal("dora", OTHER, ip("198.51.101.1"))).isEmpty();
        assertThat(directory.isBlocked(ip("2001:db8::1"))).isTrue();
        assertThat(directory.isBlocked(ip("2001:db8::2"))).isFalse();
        assertThat(warnings).isEmpty();
    }

    @Test
    void shouldBlockAndUnblockWhileItRuns() throws IOException {
        Path file = Files.writeString(stateDir.resolve("blocked"), "# pests\n203.0.113.9");
        Directory directory = open(AccessPolicy.OPEN);

        assertThat(directory.block("192.0.2.0/24").join()).isTrue();
        assertThat(directory.block("192.0.2.0/24").join()).as("again").isFalse();
        assertThat(directory.isBlocked(ip("192.0.2.200"))).isTrue();
        assertThat(file).hasContent("# pests\n203.0.113.9\n192.0.2.0/24");
        assertThat(directory.unblock("203.0.113.9").join()).isTrue();
        assertThat(directory.unblock("203.0.113.9").join()).as("again").isFalse();
        assertThat(directory.isBlocked(ip("203.0.113.9"))).isFalse();
        assertThat(file).hasContent("# pests\n192.0.2.0/24");
    }

    @Test
    void shouldReportInvalidBlocksAndHeedTheOthers() throws IOException {
        Files.writeString(stateDir.resolve("blocked"), "dora\n192.0.2.1\n192.0.2.0/33\n");

        assertThat(open(AccessPolicy.OPEN).isBlocked(ip("192.0.2.1"))).isTrue();
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("line 1: expected a fingerprint or an address (1 more");
    }

    @Test
    void shouldTouchFilesOnItsOwnThreadOnlyOnceStarted() throws Exception {
        Directory directory = open(AccessPolicy.OPEN);
        BlockingQueue<Runnable> control = new LinkedBlockingQueue<>();
        directory.start(control::add);
        registerIfAllowed(directory, "dora", ONE);
        assertThat(refusal(directory, "dora", OTHER))
                .as("before the disk has answered")
                .contains(RefusalCode.NAME_TAKEN);

        control.take().run();
        directory.close();

        assertThat(file()).exists();
        assertThat(refusal(directory, "dora", OTHER)).contains(RefusalCode.NAME_TAKEN);
        assertThat(directory.reload()).isCompletedExceptionally();
    }

    @Test
    void shouldCreateTheStateDirectory() {
        stateDir = stateDir.resolve("not/yet/there");
        registerIfAllowed(open(AccessPolicy.OPEN), "dora", ONE);

        assertThat(file()).exists();
        assertThat(warnings).isEmpty();
    }

    @Test
    void shouldKeepNamesAndBlocksWhenAFileIsDamagedLater() throws Exception {
        Path names = Files.writeString(stateDir.resolve("names"), "dora " + ONE + "\nattic " + ONE + "\n");
        Path blocked = Files.writeString(stateDir.resolve("blocked"), "192.0.2.1\n");
        Directory directory = open(AccessPolicy.OPEN);
        Files.writeString(names, "dora " + ONE + "\nattic SHA256:short\n");
        Files.writeString(blocked, "192.0.2.1\n192.0.2.2.2\n");

        assertThat(directory.reload())
                .failsWithin(java.time.Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining(names + ", line 2: invalid fingerprint; what was read before stays in force");
        assertThat(directory.entries()).containsOnlyKeys("attic", "dora");
        assertThat(directory.isBlocked(IpText.parse("192.0.2.1").orElseThrow())).isTrue();

        Files.writeString(names, "dora " + ONE + "\n");
        assertThat(directory.reload())
                .failsWithin(java.time.Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining(blocked + ", line 2");
        Files.writeString(blocked, "192.0.2.3\n");
        assertThat(directory.reload()).isCompletedWithValue(true);
        assertThat(directory.entries()).containsOnlyKeys("dora");
        assertThat(directory.isBlocked(IpText.parse("192.0.2.1").orElseThrow())).isFalse();
    }

    @Test
    void shouldTakeOverOtherSettings() {
        Directory directory = open(AccessPolicy.OPEN);
        assertThat(refusal(directory, "dora", ONE, "192.0.2.1")).isEmpty();

        directory.use(DirectorySettings.of(stateDir, AccessPolicy.KNOWN));

        assertThat(refusal(directory, "dora", ONE, "192.0.2.1")).contains(RefusalCode.NOT_ALLOWED);
    }
}
