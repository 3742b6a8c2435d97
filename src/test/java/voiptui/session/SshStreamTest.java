package voiptui.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SshStreamTest {

    private static String problem(int status, String... errors) {
        return SshStream.describe(status, List.of(errors), false).orElse("");
    }

    @Test
    void shouldRepeatTheLastWordsOfSsh() {
        assertThat(problem(255, "Warning: added.", "dora@relay: Permission denied (publickey)."))
                .isEqualTo("ssh: dora@relay: Permission denied (publickey)");
        assertThat(problem(255, "ssh: connect to host relay port 22: Connection refused"))
                .isEqualTo("ssh: connect to host relay port 22: Connection refused");
        assertThat(problem(255)).isEqualTo("ssh ended with status 255");
    }

    @Test
    void shouldSayWhatToDoWhereTheHostCannotConnectFurther() {
        assertThat(problem(
                        255, "channel 0: open failed: connect failed: Connection refused", "stdio forwarding failed"))
                .contains("no relay there", "Connection refused", "start 'voiptui relay' on that host");
        assertThat(problem(
                        255,
                        "channel 0: open failed: administratively prohibited: open failed",
                        "stdio forwarding failed"))
                .contains("forbids forwarding", "AllowTcpForwarding");
    }

    @Test
    void shouldSayThatSshIsMissingOrWasKilled() {
        assertThat(problem(127, "sh: 1: exec: ssh: not found")).contains("ssh is not installed");
        assertThat(problem(137)).isEqualTo("ssh was ended by signal 9");
    }

    @Test
    void shouldHaveNoProblemWithARegularEnd() {
        assertThat(SshStream.describe(0, List.of("bye"), true)).isEmpty();
    }

    @Test
    void shouldTellAnEndThatItCausedFromOneBeforeIt() {
        assertThat(SshStream.isEndedByClose(143, List.of())).isTrue();
        assertThat(SshStream.isEndedByClose(255, List.of("Killed by signal 15.")))
                .isTrue();
        assertThat(SshStream.isEndedByClose(137, List.of())).isFalse();
        assertThat(SshStream.isEndedByClose(255, List.of("client_loop: send disconnect: Broken pipe")))
                .isFalse();
    }
}
