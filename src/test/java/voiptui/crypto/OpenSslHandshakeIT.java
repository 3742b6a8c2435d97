package voiptui.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import voiptui.crypto.MediaSecurity.Role;
import voiptui.identity.Identity;
import voiptui.rtp.RtpPacket;
import voiptui.testkit.CleanEnvironment;
import voiptui.testkit.Deadline;
import voiptui.testkit.Ports;
import voiptui.testkit.Programs;
import voiptui.time.NanoClock;

/** DTLS-SRTP with OpenSSL: it agrees on the same keys (RFC 5705, RFC 5764), in both roles. */
@Timeout(120)
class OpenSslHandshakeIT {

    private static final Pattern MATERIAL = Pattern.compile("Keying material: ([0-9A-F]+)");
    private static final long SOON_MS = 30_000;

    private final Identity own = Identity.create();
    private final Identity theirs = Identity.create();
    private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
    private final BlockingQueue<SrtpKeys.Pair> keys = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @TempDir
    private Path folder;

    @BeforeAll
    static void requireOpenSsl() {
        Programs.require("openssl");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable thing : open) {
            thing.close();
        }
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + type
                + "-----\n";
    }

    private Path openSsl(SrtpProfile profile, String... role) throws Exception {
        Path identity = Files.writeString(
                folder.resolve("identity.pem"),
                pem("PRIVATE KEY", theirs.key().getEncoded())
                        + pem("CERTIFICATE", theirs.certificate().getEncoded()));
        Path log = folder.resolve("openssl.log");
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(role));
        command.addAll(List.of("-dtls1_2", "-cert", identity.toString(), "-key", identity.toString()));
        command.addAll(List.of("-use_srtp", "SRTP_" + profile, "-keymatexport", "EXTRACTOR-dtls_srtp"));
        command.addAll(List.of("-keymatexportlen", String.valueOf(profile.materialBytes())));
        Process process = CleanEnvironment.apply(new ProcessBuilder(command), Map.of())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        open.add(() -> {
            process.destroyForcibly();
            process.waitFor(10, TimeUnit.SECONDS);
        });
        return log;
    }

    private DatagramChannel socket() throws IOException {
        DatagramChannel channel =
                DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        open.add(channel);
        return channel;
    }

    /** Performs the handshake through {@code channel}; the peer's address is that of its first datagram if none is given. */
    private void start(Role role, DatagramChannel channel, @Nullable SocketAddress peer) {
        SocketAddress[] to = {peer};
        DtlsSession session = new DtlsSession(
                own,
                new MediaSecurity(role, theirs.fingerprint().text()),
                datagram -> {
                    try {
                        return to[0] == null ? 0 : channel.send(datagram, to[0]);
                    } catch (IOException refused) {
                        return -1;
                    }
                },
                new DtlsSession.Listener() {
                    @Override
                    public void onKeys(SrtpKeys.Pair agreed, List<String> words) {
                        keys.add(agreed);
                    }

                    @Override
                    public void onFailed(String reason) {
                        failures.add(reason);
                    }
                },
                NanoClock.SYSTEM,
                (thread, bug) -> failures.add(bug.toString()));
        Thread reader = new Thread(() -> {
            ByteBuffer datagram = ByteBuffer.allocate(4_000);
            while (true) {
                try {
                    datagram.clear();
                    to[0] = channel.receive(datagram);
                    session.onDatagram(datagram.flip());
                } catch (PortUnreachableException notYet) {
                    continue;
                } catch (AsynchronousCloseException closed) {
                    return;
                } catch (ClosedChannelException closed) {
                    return;
                } catch (IOException refused) {
                    failures.add(refused.toString());
                }
            }
        });
        reader.setDaemon(true);
        reader.start();
        session.start();
        open.add(0, session);
    }

    private byte[] materialIn(Path log) throws IOException {
        Deadline.require(
                SOON_MS,
                () -> "keying material in " + read(log) + failures,
                () -> MATERIAL.matcher(read(log)).find());
        Matcher found = MATERIAL.matcher(read(log));
        assertThat(found.find()).isTrue();
        return HexFormat.of().parseHex(found.group(1).toLowerCase());
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException notYet) {
            return "";
        }
    }

    /** What we protect, keys from OpenSSL's keying material can read, and the other way round. */
    private void assertThatOpenSslHasOurKeys(SrtpProfile profile, boolean openSslIsClient, byte[] material)
            throws InterruptedException {
        SrtpKeys.Pair ours = keys.poll(SOON_MS, TimeUnit.MILLISECONDS);
        assertThat(ours).as("our keys; %s", failures).isNotNull();
        assertThat(ours.sent().profile()).isEqualTo(profile);
        SrtpKeys.Pair its = SrtpKeys.ofMaterial(profile, material, openSslIsClient);
        for (SrtpKeys[] way : new SrtpKeys[][] {{ours.sent(), its.received()}, {its.sent(), ours.received()}}) {
            ByteBuffer packet = ByteBuffer.allocate(40);
            RtpPacket.writeHeader(packet, false, 111, 1, 2, 3);
            ByteBuffer wire = ByteBuffer.allocate(100);
            assertThat(new SrtpSender(way[0]).protector().protect(packet, wire)).isTrue();
            assertThat(new SrtpUnprotector(way[1]).unprotect(wire, ByteBuffer.allocate(100)))
                    .isEqualTo(SrtpUnprotector.Result.ACCEPTED);
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void shouldAgreeWithOpenSslAsTheServer(SrtpProfile profile) throws Exception {
        DatagramChannel ours = socket();
        int port = Ports.free("127.0.0.1");
        Path log = openSsl(profile, "s_server", "-accept", "127.0.0.1:" + port, "-Verify", "1");
        start(Role.ACTIVE, ours, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));

        assertThatOpenSslHasOurKeys(profile, false, materialIn(log));
        assertThat(read(log)).contains("CN = voiptui").contains("SRTP Extension negotiated, profile=SRTP_" + profile);
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void shouldAgreeWithOpenSslAsTheClient(SrtpProfile profile) throws Exception {
        DatagramChannel ours = socket();
        start(Role.PASSIVE, ours, null);
        int port = ((InetSocketAddress) ours.getLocalAddress()).getPort();
        Path log = openSsl(profile, "s_client", "-connect", "127.0.0.1:" + port);

        assertThatOpenSslHasOurKeys(profile, true, materialIn(log));
    }

    @Test
    void shouldRefuseOpenSslWithAnotherCertificate() throws Exception {
        DatagramChannel ours = socket();
        start(Role.PASSIVE, ours, null);
        int port = ((InetSocketAddress) ours.getLocalAddress()).getPort();
        Path other = Files.createDirectory(folder.resolve("other"));
        Identity stranger = Identity.create();
        Path identity = Files.writeString(
                other.resolve("identity.pem"),
                pem("PRIVATE KEY", stranger.key().getEncoded())
                        + pem("CERTIFICATE", stranger.certificate().getEncoded()));
        Process process = CleanEnvironment.apply(
                        new ProcessBuilder(
                                "openssl",
                                "s_client",
                                "-dtls1_2",
                                "-connect",
                                "127.0.0.1:" + port,
                                "-cert",
                                identity.toString(),
                                "-key",
                                identity.toString(),
                                "-use_srtp",
                                "SRTP_AEAD_AES_128_GCM"),
                        Map.of())
                .redirectErrorStream(true)
                .redirectOutput(other.resolve("log").toFile())
                .start();
        open.add(process::destroyForcibly);

        assertThat(failures.poll(SOON_MS, TimeUnit.MILLISECONDS))
                .contains(stranger.fingerprint().text());
        assertThat(keys).isEmpty();
    }
}
