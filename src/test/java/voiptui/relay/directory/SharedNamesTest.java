package voiptui.relay.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.net.IpText;
import voiptui.testkit.ManualClock;

/** Names and blocks that relays share: what a directory learns, and what it tells. */
class SharedNamesTest {

    private static final InetAddress HOST = IpText.parse("10.0.0.1").orElseThrow();
    private static final String DORAS = fingerprint("dora");
    private static final String OTHERS = fingerprint("other");

    @TempDir
    private Path stateDir;

    private final ManualClock clock = new ManualClock();
    private final List<String> told = new ArrayList<>();
    private final List<String> reviews = new ArrayList<>();
    private Directory directory;

    private static String fingerprint(String name) {
        return "SHA256:" + String.format("%-43s", name).replace(' ', 'x');
    }

    @BeforeEach
    void open() {
        directory = Directories.open(DirectorySettings.of(stateDir, AccessPolicy.OPEN), warning -> {}, clock, clock);
        directory.share(new SharedDirectory() {
            @Override
            public void onClaimed(String name, NameClaim claim) {
                told.add(name + " " + claim.fingerprint());
            }

            @Override
            public void onRemoved(String name) {
                told.add("removed " + name);
            }

            @Override
            public void onBlocks(Set<String> entries) {
                told.add("blocks " + entries);
            }
        });
        directory.onChange(() -> reviews.add("review"));
    }

    private boolean admits(String fingerprint) {
        return directory.refusal("dora", fingerprint, HOST).isEmpty();
    }

    @Test
    void shouldTellTheOthersOfANewName() {
        directory.register("dora", DORAS, HOST);

        assertThat(told).containsExactly("dora " + DORAS);
        assertThat(directory.claims().get("dora")).isEqualTo(new NameClaim(DORAS, clock.millis()));
    }

    @Test
    void shouldRefuseANameThatBelongsToSomebodyAtAnotherRelay() {
        directory.learn("dora", new NameClaim(OTHERS, 5));

        assertThat(admits(DORAS)).isFalse();
        assertThat(admits(OTHERS)).isTrue();
    }

    @Test
    void shouldGiveANameToItsFirstOwnerWhenTwoRelaysHaveGivenItAway() {
        directory.register("dora", DORAS, HOST);
        long mine = clock.millis();

        assertThat(directory.learn("dora", new NameClaim(OTHERS, mine + 1)).fingerprint())
                .isEqualTo(DORAS);
        assertThat(admits(DORAS)).isTrue();
        assertThat(directory.learn("dora", new NameClaim(OTHERS, mine - 1)).fingerprint())
                .isEqualTo(OTHERS);
        assertThat(directory.objection("dora", DORAS, HOST)).isPresent();
        assertThat(admits(OTHERS)).isTrue();
        assertThat(reviews).isNotEmpty();
    }

    @Test
    void shouldDecideByFingerprintAtTheSameTime() {
        directory.register("dora", DORAS, HOST);

        directory.learn("dora", new NameClaim(OTHERS, clock.millis()));
        assertThat(admits(DORAS)).as("d comes before o").isTrue();
    }

    @Test
    void shouldAgreeWithTheOthersOnTheFirstTimeOfOneOwner() {
        directory.register("dora", DORAS, HOST);
        NameClaim mine = new NameClaim(DORAS, clock.millis());
        NameClaim earlier = new NameClaim(DORAS, clock.millis() - 1);

        assertThat(directory.learn("dora", new NameClaim(DORAS, clock.millis() + 1)))
                .isEqualTo(mine);
        assertThat(directory.learn("dora", earlier)).isEqualTo(earlier);
        assertThat(directory.claims()).containsEntry("dora", earlier);
        assertThat(admits(DORAS)).isTrue();
    }

    @Test
    void shouldForgetWhatAnOperatorHasRemovedElsewhere() {
        directory.learn("dora", new NameClaim(OTHERS, 5));

        directory.forget("dora");
        assertThat(admits(DORAS)).isTrue();
    }

    @Test
    void shouldApplyTheBlocksOfOthersAndItsOwn() throws Exception {
        directory.useBlocksOfOthers(Set.of("10.0.0.0/24", "nonsense"));
        assertThat(directory.isBlocked(HOST)).isTrue();
        directory.useBlocksOfOthers(Set.of());
        assertThat(directory.isBlocked(HOST)).isFalse();

        directory.block("10.0.0.1").get();
        assertThat(directory.isBlocked(HOST)).isTrue();
        assertThat(told).containsExactly("blocks [10.0.0.1]");
    }
}
