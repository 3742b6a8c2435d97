package voiptui.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Replays the seeds of each fuzz target, among them what once broke a parser, and some damaged copies of each. */
class FuzzReplayTest {

    private static final long SEED = 20_261_126L;

    private static final Path FOLDER = Path.of(System.getProperty("voiptui.basedir", "."), "src/test/resources/fuzz");

    private static List<Path> files(FuzzTarget target) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve(target.folder()))) {
            return files.sorted().toList();
        }
    }

    private static void run(FuzzTarget target, byte[] input, String what) {
        try {
            target.run(input);
        } catch (RuntimeException | Error broken) {
            throw new AssertionError(what + ": " + HexFormat.of().formatHex(input), broken);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepItsPromises(FuzzTarget target) throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (Path file : files(target)) {
            byte[] seed = Files.readAllBytes(file);
            run(target, seed, file.getFileName().toString());
            seeds.add(seed);
        }
        assertThat(seeds).as("seeds").hasSizeGreaterThan(2);
        SeedMutation mutation = new SeedMutation(seeds, new Random(SEED));
        for (int i = 0; i < target.mutations(); i++) {
            run(target, mutation.of(seeds.get(i % seeds.size())), "mutation " + i);
        }
    }

    @Test
    void shouldHaveNoSeedsWithoutATarget() throws IOException {
        List<String> targets =
                Stream.of(FuzzTarget.values()).map(FuzzTarget::folder).toList();
        try (Stream<Path> folders = Files.list(FOLDER)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(targets);
        }
    }

    @Test
    void shouldTellABrokenPromise() {
        assertThatThrownBy(() -> Promise.check(false, "an answer is short", 7))
                .isInstanceOf(AssertionError.class)
                .hasMessage("an answer is short; 7");
    }
}
