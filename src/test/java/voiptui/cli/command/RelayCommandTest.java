package voiptui.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.cli.VoiptuiCommand;
import voiptui.cli.exit.CommandFailure;
import voiptui.net.IpNetwork;
import voiptui.net.IpText;
import voiptui.relay.ListenAddresses;
import voiptui.relay.RelayConfig;
import voiptui.relay.admission.ClassicAccess;
import voiptui.relay.admission.ClientLimits;
import voiptui.relay.control.limit.ConnectionLimits;
import voiptui.relay.directory.AccessPolicy;
import voiptui.relay.directory.DirectorySettings;
import voiptui.relay.media.SenderRate;
import voiptui.relay.media.ThreadCount;
import voiptui.relay.media.socket.UdpBatch;
import voiptui.report.log.LogLevel;

/** What the options of the relay come to. */
class RelayCommandTest {

    private static final Path STATE = Path.of("/var/lib/voiptui");
    private static final long DAY_MS = 86_400_000;

    private static RelayCommand parse(String line) {
        String[] words = ("relay " + line + " --state-dir " + STATE).split("\\s+");
        return (RelayCommand) VoiptuiCommand.commandLine(Map.of())
                .parseArgs(words)
                .subcommand()
                .commandSpec()
                .userObject();
    }

    private static RelayConfig config(String line) throws CommandFailure {
        return parse(line).config();
    }

    private static InetAddress ip(String text) {
        return IpText.parse(text).orElseThrow();
    }

    @Test
    void shouldFollowEveryOption() throws CommandFailure {
        RelayConfig config = config("--bind 192.0.2.1 --bind 2001:db8::1 --tcp-port 1001 --udp-port 1002"
                + " --max-clients 50 --max-classic 7 --tcp-timeout 11s --client-timeout 12s --sweep 13s"
                + " --access known --classic 192.0.2.7,10.0.0.0/8 --max-packet-rate 900 --max-byte-rate 400000 --udp-batch off"
                + " --media-threads 3"
                + " --udp-host 203.0.113.1 --name-expiry 30d --new-names 5 --handshake-limit 600"
                + " --exempt 198.51.100.0/24,203.0.113.9 --exempt 2001:db8::/32 --ring-limit 45s");

        assertThat(config)
                .isEqualTo(new RelayConfig(
                        new ListenAddresses(List.of(ip("192.0.2.1"), ip("2001:db8::1"))),
                        1001,
                        1002,
                        new RelayConfig.Media(
                                ip("203.0.113.1"), new SenderRate(900, 400_000), UdpBatch.OFF, ThreadCount.of(3)),
                        new RelayConfig.Admission(
                                ClassicAccess.parse("192.0.2.7,10.0.0.0/8"),
                                ClientLimits.of(50, 7),
                                ConnectionLimits.of(
                                        600,
                                        List.of(
                                                network("198.51.100.0/24"),
                                                network("203.0.113.9"),
                                                network("2001:db8::/32")))),
                        new RelayConfig.Times(new RelayConfig.ClassicTimes(11_000, 12_000, 13_000), 45_000),
                        new DirectorySettings(
                                STATE, AccessPolicy.KNOWN, new DirectorySettings.NameLimits(30 * DAY_MS, 5))));
    }

    private static IpNetwork network(String text) {
        return IpNetwork.parse(text).orElseThrow();
    }

    @Test
    void shouldLimitRingingAndNamesByDefault() throws CommandFailure {
        RelayConfig config = config("");

        assertThat(config).isEqualTo(RelayConfig.defaults(STATE));
        assertThat(config.times().ringLimitMs()).isEqualTo(60_000);
        assertThat(config.directory().limits()).isEqualTo(new DirectorySettings.NameLimits(180 * DAY_MS, 60));
        assertThat(config.admission().limits()).isEqualTo(new ClientLimits(2_000, 10));
    }

    @ParameterizedTest(name = "{0}: {1} admitted: {2}")
    @CsvSource({
        "'',                                  192.0.2.7, true",
        "--access open,                       192.0.2.7, true",
        "--access known,                      192.0.2.7, false",
        "--access known --classic on,         192.0.2.7, true",
        "--access known --classic 192.0.2.7,  192.0.2.7, true",
        "--access known --classic 192.0.2.7,  192.0.2.8, false",
        "--access open --classic off,         192.0.2.7, false",
    })
    void shouldAdmitNoClassicClientsToARelayForKnownOnesUnlessToldTo(String options, String from, boolean admitted)
            throws CommandFailure {
        ClassicAccess classic = config(options).admission().classic();

        assertThat(classic.admits(ip(from))).isEqualTo(admitted);
    }

    @Test
    void shouldWantMediaOfOtherRelaysToArrive() throws CommandFailure {
        String cluster = " --cluster 192.0.2.2 --cluster-listen 192.0.2.1 --cluster-allow SHA256:" + "a".repeat(43);

        assertThat(config("--bind 192.0.2.1 --bind 2001:db8::1" + cluster).cluster())
                .isNotNull();
        assertThat(config("--bind 0.0.0.0" + cluster).cluster()).isNotNull();
        assertThat(config("--bind ::" + cluster).cluster()).isNotNull();
        assertThat(config(cluster).cluster()).isNotNull();
        assertThatThrownBy(() -> config("--bind 192.0.2.7" + cluster))
                .hasMessageContaining("--cluster-listen 192.0.2.1 is not an address of --bind");
    }

    @ParameterizedTest
    @CsvSource({
        "'',                  INFO",
        "--log-level error,   ERROR",
        "--log-level warn,    WARN",
        "--log-level debug,   DEBUG",
        "-v,                  DEBUG",
        "-v --log-level warn, DEBUG",
    })
    void shouldLogAsMuchAsIsWanted(String options, LogLevel level) {
        assertThat(parse(options).logLevel()).isEqualTo(level);
    }
}
