package voiptui.net.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshHostTest {

    @Test
    void shouldParseUserHostAndPort() {
        assertThat(SshHost.parse("ssh://dora@relay.example:2222"))
                .isEqualTo(new SshHost("dora", "relay.example", 2222));
        assertThat(SshHost.parse("ssh://relay_1/")).isEqualTo(new SshHost(null, "relay_1", 0));
        assertThat(SshHost.parse("ssh://dora@corp@[2001:db8::1]:22"))
                .isEqualTo(new SshHost("dora@corp", "2001:db8::1", 22));
        assertThat(SshHost.parse("ssh://[fe80::1%eth0]")).isEqualTo(new SshHost(null, "fe80::1%eth0", 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh://",
                "ssh://@host",
                "ssh://-oProxyCommand=reboot",
                "ssh://-l@host",
                "ssh://dora@-oProxyCommand",
                "ssh://host:0",
                "ssh://host:65536",
                "ssh://host:-p",
                "ssh://host/path",
                "ssh://do ra@host",
                "ssh://dora;reboot@host",
                "ssh://$(reboot)@host",
                "ssh://`reboot`",
                "ssh://host%h",
                "ssh://host\nProxyCommand",
                "ssh://[::1",
                "ssh://[-1::]",
                "ssh://h\u00f6st",
                "relay.example"
            })
    void shouldRefuseWhatSshOrAShellCouldTakeForAnythingElse(String text) {
        assertThatThrownBy(() -> SshHost.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains("write ");
    }

    @Test
    void shouldRefuseATextOfAnyLength() {
        assertThatThrownBy(() -> SshHost.parse("ssh://" + "a".repeat(300)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldPutTheHostBehindTheEndOfTheOptions() throws Exception {
        SshHost host = SshHost.parse("ssh://dora@relay.example:2222");

        assertThat(host.forward(8888, InetAddress.getByName("192.0.2.7"), false))
                .startsWith("ssh", "-T")
                .containsSequence("-o", "BatchMode=yes")
                .containsSequence("-b", "192.0.2.7")
                .endsWith("-W", "localhost:8888", "-p", "2222", "--", "dora@relay.example");
    }

    @Test
    void shouldLetSshAskOnlyWhereSomebodyCanAnswer() {
        assertThat(SshHost.parse("ssh://relay.example").forward(9000, null, true))
                .doesNotContain("BatchMode=yes", "-b", "-p")
                .endsWith("-W", "localhost:9000", "--", "relay.example");
    }

    @Test
    void shouldNameTheHostWithoutTheUserWhoMayBeAnother() {
        assertThat(SshHost.parse("ssh://dora@relay.example").name()).isEqualTo("ssh://relay.example");
        assertThat(SshHost.parse("ssh://[2001:db8::1]:2222").name()).isEqualTo("ssh://[2001:db8::1]:2222");
    }
}
