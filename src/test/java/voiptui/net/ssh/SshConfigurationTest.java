package voiptui.net.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With a shell in place of {@code ssh}. */
class SshConfigurationTest {

    private static final SshHost HOST = SshHost.parse("ssh://dora@alias:2222");

    private static String hostName(String script) throws Exception {
        return SshConfiguration.hostNameOf(HOST, List.of("/bin/sh", "-c", script), 500);
    }

    @Test
    void shouldReadTheNameBehindAnAlias() throws Exception {
        assertThat(hostName("printf 'user dora\\nhostname relay.example\\ncanonicalizehostname false\\n'"))
                .isEqualTo("relay.example");
    }

    @Test
    void shouldKeepTheHostIfSshSaysNothingUsefulInTime() throws Exception {
        assertThat(hostName("exit 1")).isEqualTo("alias");
        assertThat(hostName("printf 'hostname a\\033b\\n'")).isEqualTo("alias");
        assertThat(hostName("exec sleep 60")).isEqualTo("alias");
    }

    @Test
    void shouldReportThatThereIsNoSsh() {
        assertThatThrownBy(() -> SshConfiguration.hostNameOf(HOST, List.of("/nonexistent/ssh"), 500))
                .isInstanceOf(IOException.class);
    }

    @Test
    void shouldAskForTheConfigurationOnly() {
        assertThat(HOST.printConfiguration()).containsExactly("ssh", "-G", "-p", "2222", "--", "dora@alias");
    }
}
