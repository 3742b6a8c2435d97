package voiptui.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.testkit.Programs;

/** Runs, installs and removes the program with install.sh; checks the launcher and the manual. */
class InstallIT {

    private static final Path SOURCES = Path.of(System.getProperty("voiptui.basedir", "."));
    private static final Path JAR = Path.of(System.getProperty("voiptui.jar", "target/voiptui.jar"));
    private static final List<String> COMMANDS = List.of("call", "relay", "devices", "demo");

    /** An installation shared by tests that do not modify it, since each takes seconds. */
    @TempDir
    private static Path shared;

    private static Tool.Result sharedInstallation;

    @TempDir
    private Path scratch;

    private Path prefix;

    @BeforeAll
    static void installOnce() throws Exception {
        sharedInstallation = Tool.run(
                shared,
                Map.of(),
                List.of(
                        SOURCES.resolve("install.sh").toAbsolutePath().toString(),
                        "--prefix",
                        sharedPrefix().toString(),
                        "--jar",
                        JAR.toString()));
    }

    private static Path sharedPrefix() {
        return shared.resolve("a prefix with spaces");
    }

    @BeforeEach
    void choosePrefixWithSpaces() {
        prefix = scratch.resolve("a prefix with spaces");
    }

    private void useSharedInstallation() {
        prefix = sharedPrefix();
    }

    /** The files to install, not yet installed. */
    private void copySharedInstallation() throws Exception {
        Tool.Result copied = Tool.run(
                scratch, Map.of(), List.of("cp", "-R", "-p", sharedPrefix().toString(), prefix.toString()));
        assertThat(copied.status()).as(copied.output()).isZero();
    }

    @Test
    void shouldInstallAProgramThatRuns() throws Exception {
        useSharedInstallation();
        assertThat(sharedInstallation.status()).as(sharedInstallation.output()).isZero();

        Tool.Result version = launch(Map.of(), "--version");

        assertThat(version.status()).as(version.output()).isZero();
        assertThat(version.output()).startsWith("voiptui ");
    }

    @Test
    void shouldSummariseTheInstallationInThreeLines() throws Exception {
        useSharedInstallation();
        assertThat(sharedInstallation.lines())
                .filteredOn(line -> !line.contains("for sound through PulseAudio"))
                .satisfiesExactly(
                        installed -> assertThat(installed).contains("voiptui ", prefix.toString()),
                        start -> assertThat(start)
                                .contains(prefix.resolve("bin/voiptui").toString()),
                        path -> assertThat(path)
                                .contains("PATH=", prefix.resolve("bin").toString()));
    }

    @Test
    void shouldInstallManualAndCompletion() throws Exception {
        useSharedInstallation();

        assertThat(prefix.resolve("share/man/man1/voiptui.1")).isNotEmptyFile();
        for (String command : COMMANDS) {
            assertThat(prefix.resolve("share/man/man1/voiptui-" + command + ".1"))
                    .isNotEmptyFile();
            assertThat(prefix.resolve("share/bash-completion/completions/voiptui"))
                    .content()
                    .contains(command);
        }
        assertThat(prefix.resolve("share/zsh/site-functions/_voiptui"))
                .content()
                .startsWith("#compdef voiptui\n");
    }

    @Test
    void shouldCompleteCommandsInBash() throws Exception {
        Programs.require("bash");
        useSharedInstallation();

        Tool.Result words = Tool.run(
                scratch,
                Map.of(),
                List.of(
                        "bash",
                        "--norc",
                        "-c",
                        """
                source "$1"
                COMP_WORDS=(voiptui "") COMP_CWORD=1
                _complete_voiptui
                printf '%s\\n' "${COMPREPLY[@]}"
                """,
                        "bash",
                        prefix.resolve("share/bash-completion/completions/voiptui")
                                .toString()));

        assertThat(words.lines()).containsAll(COMMANDS);
    }

    @Test
    void shouldRunThroughASymbolicLink() throws Exception {
        useSharedInstallation();
        Path link = Files.createSymbolicLink(
                scratch.resolve("link"),
                scratch.toRealPath().relativize(prefix.toRealPath().resolve("bin/voiptui")));

        assertThat(Tool.run(scratch, Map.of(), List.of(link.toString(), "--version"))
                        .status())
                .isZero();
    }

    @Test
    void shouldInstallTwiceWithoutLeftovers() throws Exception {
        install();
        TreeSet<String> once = tree();

        assertThat(install().status()).isZero();

        assertThat(tree()).isEqualTo(once);
        assertThat(Files.readAllLines(prefix.resolve("lib/voiptui/manifest"))).doesNotHaveDuplicates();

        assertThat(installSh("--uninstall", "--prefix", prefix.toString()).status())
                .isZero();

        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void shouldKeepFilesItDidNotInstall() throws Exception {
        for (String foreign : List.of("bin/other", "share/man/man1/other.1", "lib/other/file")) {
            Files.createDirectories(prefix.resolve(foreign).getParent());
            Files.writeString(prefix.resolve(foreign), "not ours");
        }
        Files.createDirectories(prefix.resolve("share/zsh"));
        TreeSet<String> before = tree();
        install();

        installSh("--uninstall", "--prefix", prefix.toString());

        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void shouldRemoveFilesOfAnOlderVersion() throws Exception {
        copySharedInstallation();
        Path manifest = prefix.resolve("lib/voiptui/manifest");
        Files.writeString(prefix.resolve("bin/voiptui-old"), "of a version before");
        Files.writeString(manifest, Files.readString(manifest) + "file bin/voiptui-old\n");

        install();

        assertThat(prefix.resolve("bin/voiptui-old")).doesNotExist();
        assertThat(manifest).content().doesNotContain("voiptui-old");
    }

    @Test
    void shouldRefuseToUninstallWithoutAnInstallation() throws Exception {
        Tool.Result refused = installSh("--uninstall", "--prefix", prefix.toString());

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.lines()).singleElement().asString().contains("not installed in " + prefix);
    }

    @Test
    void shouldPrintHelp() throws Exception {
        Tool.Result help = installSh("--help");

        assertThat(help.status()).isZero();
        assertThat(help.output()).contains("--prefix", "--demo", "--test", "--uninstall", "--jar", "--help");
    }

    @Test
    void shouldRefuseWrongUsageInOneLine() throws Exception {
        String[][] misuses = {{"--bogus"}, {"extra"}, {"--prefix"}, {"--prefix", ""}, {"--demo", "--test"}};
        for (String[] wrong : misuses) {
            Tool.Result refused = installSh(wrong);

            assertThat(refused.status()).as(Arrays.toString(wrong)).isEqualTo(2);
            assertThat(refused.lines()).as(Arrays.toString(wrong)).hasSize(1);
        }
    }

    @Test
    void shouldRejectAJarThatDoesNotRun() throws Exception {
        Path broken = Files.writeString(scratch.resolve("broken.jar"), "no jar");

        Tool.Result refused = installSh("--prefix", prefix.toString(), "--jar", broken.toString());

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.lines()).singleElement().asString().contains(broken.toString());
        assertThat(prefix).doesNotExist();
    }

    @Test
    void shouldPassOptionsToTheJvm() throws Exception {
        useSharedInstallation();

        Tool.Result version = launch(Map.of("VOIPTUI_JAVA_OPTS", "-showversion -Dany=*"), "--version");

        assertThat(version.status()).isZero();
        assertThat(version.output()).contains("Runtime Environment");
    }

    @Test
    void shouldRejectAnOldJavaInOneLine() throws Exception {
        useSharedInstallation();
        Path oldJava = fakeJava("1.8.0_392");

        Tool.Result refused = launch(Map.of("VOIPTUI_JAVA", oldJava.toString()), "--version");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.lines()).singleElement().asString().contains("Java 17 or newer", oldJava.toString());
    }

    @Test
    void shouldSkipAnOldJavaHome() throws Exception {
        useSharedInstallation();
        Path oldHome = fakeJava("11.0.2").getParent().getParent();

        Tool.Result version = launch(Map.of("JAVA_HOME", oldHome.toString()), "--version");

        assertThat(version.status()).as(version.output()).isZero();
        assertThat(version.output()).startsWith("voiptui ");
    }

    @Test
    void shouldSayWhatToDoWithoutJava() throws Exception {
        copySharedInstallation();
        Files.delete(prefix.resolve("lib/voiptui/java-home"));
        Path bin = Files.createDirectories(scratch.resolve("bin"));
        for (String program : List.of("dirname", "readlink", "sed")) {
            writeScript(bin.resolve(program), "PATH=/usr/bin:/bin; exec " + program + " \"$@\"");
        }

        Tool.Result refused = launch(Map.of("PATH", bin.toString(), "JAVA_HOME", ""), "--version");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.lines()).singleElement().asString().contains("Java 17 or newer", "VOIPTUI_JAVA=");
    }

    @Test
    void shouldStartFromTheClassDataArchive() throws Exception {
        // Java 17 cannot use a class data archive when the path of the jar contains a space.
        prefix = scratch.resolve("prefix");
        install();

        Tool.Result classes = launch(Map.of("VOIPTUI_JAVA_OPTS", "-Xshare:on -Xlog:class+load"), "--version");

        assertThat(classes.status()).as(classes.output()).isZero();
        for (String name : List.of("voiptui.cli.Main", "picocli.CommandLine")) {
            assertThat(classes.output()).contains(name + " source: shared objects file");
        }
    }

    @Test
    void shouldStartSilentlyWhenTheArchiveDoesNotFit() throws Exception {
        prefix = scratch.resolve("prefix");
        install();
        Path archive = prefix.resolve("lib/voiptui/classes.jsa");
        byte[] whole = Files.readAllBytes(archive);
        Path jar = prefix.resolve("lib/voiptui/voiptui.jar");

        for (int bytes : new int[] {0, 100, whole.length / 2, whole.length - 1}) {
            Files.write(archive, Arrays.copyOf(whole, bytes));
            assertSilentStart(Map.of(), "cut off after " + bytes + " bytes");
        }
        for (int from : new int[] {0, 5_000, whole.length / 2, whole.length - 400_000}) {
            byte[] holed = whole.clone();
            Arrays.fill(holed, from, from + 400_000, (byte) 0);
            Files.write(archive, holed);
            assertSilentStart(Map.of(), "zeros from byte " + from);
        }
        Files.write(archive, whole);
        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
        assertSilentStart(Map.of(), "another jar by its time");
        Files.copy(JAR, jar, StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            Files.writeString(zip.getPath("/more"), "that makes it another jar");
        }
        assertSilentStart(Map.of(), "another jar by its length");
        Files.delete(archive);
        assertSilentStart(Map.of(), "no archive");
    }

    @Test
    void shouldStartSilentlyOnEveryInstalledJava() throws Exception {
        prefix = scratch.resolve("prefix");
        Path fit = prefix.resolve("lib/voiptui/classes.for");
        for (Path home : javaHomes()) {
            assertThat(installSh(
                                    Map.of("JAVA_HOME", home.toString()),
                                    "--prefix",
                                    prefix.toString(),
                                    "--jar",
                                    JAR.toString())
                            .status())
                    .isZero();
            String length = lastLine(fit);
            for (Path other : javaHomes()) {
                Map<String, String> environment =
                        Map.of("VOIPTUI_JAVA", other.resolve("bin/java").toString());
                assertSilentStart(environment, "made by " + home + ", used by " + other);
                // Simulates an update that does not change the Java version.
                Files.writeString(fit, Files.readString(other.resolve("release")) + length + "\n");
                assertSilentStart(environment, "made by " + home + ", given to " + other);
            }
        }
    }

    /** On each Java: LWJGL uses other classes from Java 25 on, and Java 24 warns of what it does not allow. */
    @Test
    void shouldInstallTheNativeLibrariesOfThisPlatform() throws Exception {
        Programs.requireNatives(JAR);
        useSharedInstallation();
        try (Stream<Path> natives = Files.list(prefix.resolve("lib/voiptui/natives"))) {
            assertThat(natives).hasSize(5);
        }
        Path temporary = Files.createDirectory(scratch.resolve("temporary"));
        for (Path home : javaHomes()) {
            Map<String, String> environment = Map.of(
                    "VOIPTUI_JAVA",
                    home.resolve("bin/java").toString(),
                    "VOIPTUI_JAVA_OPTS",
                    "-Djava.io.tmpdir=" + temporary);
            Tool.Result doctor = launch(environment, examinationWithoutARelay());

            assertThat(doctor.lines())
                    .as(home.toString())
                    .contains("ok       codec        Opus by libopus")
                    .anyMatch(line -> line.matches("ok +encryption +AES-GCM by (OpenSSL [0-9.]+[a-z]*|Java, as .*)"));
            assertThat(doctor.output()).as(home.toString()).doesNotContain("WARNING");
            Tool.Result devices = launch(environment, "devices");
            assertThat(devices.lines()).as(home.toString()).anyMatch(line -> line.startsWith("Sound system: SDL ("));
            assertThat(devices.output()).as(home.toString()).doesNotContain("WARNING");
            assertThat(temporary).as("nothing was unpacked").isEmptyDirectory();
        }
    }

    @Test
    void shouldUseTheCodecInJavaWithoutNativeLibraries() throws Exception {
        prefix = scratch.resolve("prefix");
        Path jar = Files.copy(JAR, scratch.resolve("alone.jar"));

        Tool.Result installed = installSh("--prefix", prefix.toString(), "--jar", jar.toString());

        assertThat(installed.status()).as(installed.output()).isZero();
        assertThat(installed.lines())
                .filteredOn(line -> line.contains("no native libraries next to"))
                .hasSize(1);
        Tool.Result doctor = launch(Map.of(), examinationWithoutARelay());
        assertThat(doctor.lines())
                .filteredOn(line -> line.contains("codec"))
                .hasSize(2)
                .anyMatch(line -> line.matches("warning +codec +Opus in Java, .*no directory.*natives"))
                .anyMatch(line -> line.contains("codec: run install.sh again"));
    }

    private static String[] examinationWithoutARelay() {
        return new String[] {"doctor", "--server", "127.0.0.1:1", "--mic", "silence", "--speaker", "null"};
    }

    @Test
    void shouldInstallWithoutAnArchiveWhenJavaCannotCreateOne() throws Exception {
        copySharedInstallation();
        Path home = Files.createDirectories(scratch.resolve("bare java"));
        writeScript(
                Files.createDirectories(home.resolve("bin")).resolve("java"),
                "exec '" + System.getProperty("java.home") + "/bin/java' \"$@\"");

        Tool.Result installed =
                installSh(Map.of("JAVA_HOME", home.toString()), "--prefix", prefix.toString(), "--jar", JAR.toString());

        assertThat(installed.status()).as(installed.output()).isZero();
        assertThat(installed.lines())
                .filteredOn(line -> line.contains("more slowly"))
                .hasSize(1);
        assertThat(prefix.resolve("lib/voiptui/classes.jsa")).doesNotExist();
        assertThat(prefix.resolve("lib/voiptui/classes.for")).doesNotExist();
        assertSilentStart(Map.of(), "no archive");
    }

    @Test
    void shouldPassShellcheck() throws Exception {
        Programs.require("shellcheck");

        Tool.Result verdict =
                Tool.run(SOURCES, Map.of(), List.of("shellcheck", "install.sh", "src/main/sh/voiptui", ".ci/run"));

        assertThat(verdict.output()).isEmpty();
        assertThat(verdict.status()).isZero();
    }

    @Test
    void shouldPassMandoc() throws Exception {
        Programs.require("mandoc");
        List<String> command = new ArrayList<>(List.of("mandoc", "-Tlint"));
        COMMANDS.forEach(name -> command.add("voiptui-" + name + ".1"));
        command.add("voiptui.1");

        Tool.Result verdict = Tool.run(SOURCES.resolve("man"), Map.of(), command);

        // Whether this machine has the manual of another program, or a current list of its manuals, says nothing about
        // ours.
        assertThat(verdict.output().lines())
                .noneMatch(line -> !line.endsWith("referenced manual not found: Xr ssh 1")
                        && !line.startsWith("mandoc: outdated mandoc.db lacks ssh(1)"));
    }

    private Tool.Result install() throws IOException, InterruptedException {
        return installSh("--prefix", prefix.toString(), "--jar", JAR.toString());
    }

    private Tool.Result installSh(String... arguments) throws IOException, InterruptedException {
        return installSh(Map.of(), arguments);
    }

    private Tool.Result installSh(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(SOURCES.resolve("install.sh").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        return Tool.run(scratch, environment, command);
    }

    private void assertSilentStart(Map<String, String> environment, String archive)
            throws IOException, InterruptedException {
        Tool.Result version = launch(environment, "--version");
        assertThat(version.status()).as("%s: %s", archive, version.output()).isZero();
        assertThat(version.lines()).as(archive).singleElement().asString().startsWith("voiptui ");
    }

    /** Returns every installed Java that can run voiptui. */
    private static List<Path> javaHomes() throws IOException {
        Path own = Path.of(System.getProperty("java.home")).toRealPath();
        try (Stream<Path> beside = Files.list(own.getParent())) {
            return Stream.concat(Stream.of(own), beside)
                    .filter(Files::isDirectory)
                    .map(InstallIT::real)
                    .distinct()
                    .filter(InstallIT::isNewEnough)
                    .toList();
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean isNewEnough(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(release)) {
            return lines.anyMatch(line -> line.matches("JAVA_VERSION=\"(1[7-9]|[2-9][0-9])\\b.*"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String lastLine(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.get(lines.size() - 1);
    }

    private Tool.Result launch(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(prefix.resolve("bin/voiptui").toString()));
        command.addAll(List.of(arguments));
        return Tool.run(scratch, environment, command);
    }

    /** Creates a fake Java whose release file gives {@code version}. */
    private Path fakeJava(String version) throws IOException {
        Path home = Files.createDirectories(scratch.resolve("java " + version));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        return writeScript(Files.createDirectories(home.resolve("bin")).resolve("java"), "exit 99");
    }

    private static Path writeScript(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    /** Returns all files below the prefix. */
    private TreeSet<String> tree() throws IOException {
        try (Stream<Path> paths = Files.walk(prefix)) {
            TreeSet<String> names = new TreeSet<>();
            paths.forEach(path -> names.add(prefix.relativize(path).toString()));
            return names;
        }
    }
}
