package voiptui.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import voiptui.relay.directory.AccessPolicy;
import voiptui.relay.registrar.RegistrarConfig;

/** The option {@code --ring-limit}; the default of 60 s is in the table of {@link CallTableTest}. */
class RingLimitTest extends RegistrarFixture {

    private static final int LIMIT_MS = 5_000;

    @BeforeEach
    void start() {
        start(new RegistrarConfig(
                MAX_CLIENTS,
                open(newStateDir(), AccessPolicy.OPEN),
                LIMIT_MS,
                new RegistrarConfig.MediaAddress(UDP_PORT, null, 0)));
    }

    @Test
    void shouldEndACallThatRingsForAsLongAsTheOperatorAllows() {
        play("dora in new; attic in new; dora call 1 attic; 4 s");
        assertThat(state()).isEqualTo("1 ringing at attic");

        assertThat(sentBy("1 s")).isEqualTo("dora: ended 1 no-answer; attic: ended 1 no-answer");
        assertThat(state()).isEqualTo("-");
    }

    @Test
    void shouldCountFromTheFirstRingAndNotWhileTheCalleeIsOffline() {
        play("dora in new; dora call 1 attic; 60 s");
        assertThat(state()).isEqualTo("1 waiting");
        play("attic in new; 4 s; attic/2 in new");
        assertThat(state()).isEqualTo("1 ringing at attic,attic/2");

        play("1 s");
        assertThat(state()).isEqualTo("-");
    }

    @Test
    void shouldLeaveAConnectedCallAlone() {
        play("dora in new; attic in new; dora call 1 attic; attic accept 1; 60 s");

        assertThat(state()).isEqualTo("1 connected dora=attic opus rtp");
    }
}
