package voiptui.bench.relay;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import voiptui.bench.LightPhone;
import voiptui.bench.PhoneMedia;
import voiptui.identity.Identity;
import voiptui.net.IpText;
import voiptui.protocol.RelayMessage;
import voiptui.testkit.Deadline;
import voiptui.testkit.V2Bind;

/** One client that sends media as fast as the machine allows, to an accomplice that it calls. */
final class MediaFlood implements Attack {

    private static final int PACKET_BYTES = 1_200;

    private final InetSocketAddress relay;
    private final EventLoopGroup loops;
    private final PhoneMedia accomplices;
    private final LightPhone sender = new LightPhone(IpText.parse("127.6.0.1").orElseThrow(), "flood-sender", false);
    private final LightPhone receiver =
            new LightPhone(IpText.parse("127.6.0.2").orElseThrow(), "flood-receiver", false);
    private final Thread sending = new Thread(this::send, "media-flood");
    private volatile boolean on;
    private volatile boolean closed;
    private volatile long sent;

    /** Creates a flood; {@code accomplices} keeps the receiver bound. */
    MediaFlood(InetSocketAddress relay, EventLoopGroup loops, PhoneMedia accomplices) {
        this.relay = relay;
        this.loops = loops;
        this.accomplices = accomplices;
    }

    @Override
    public String name() {
        return "one saturating sender";
    }

    @Override
    public void prepare() throws Exception {
        for (LightPhone side : new LightPhone[] {sender, receiver}) {
            side.signIn(loops, relay, Identity.create());
            side.welcome().orTimeout(30, TimeUnit.SECONDS).join();
        }
        long before = accomplices.bound();
        accomplices.add(receiver, relay);
        Deadline.require(30_000, () -> "receiver bound", () -> accomplices.bound() == before + 1);
        sender.call(receiver.name());
        sender.connected().orTimeout(30, TimeUnit.SECONDS).join();
        sending.start();
    }

    @Override
    public void turn() {
        on = true;
    }

    private void send() {
        RelayMessage.Welcome welcome = sender.welcome().join();
        String session = welcome.udp().session();
        String key = welcome.udp().key();
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.bind(new InetSocketAddress(sender.from(), 0));
            channel.connect(
                    new InetSocketAddress(relay.getAddress(), welcome.udp().port()));
            bind(channel, session, key);
            ByteBuffer packet = ByteBuffer.allocateDirect(PACKET_BYTES);
            while (!closed) {
                if (!on) {
                    TimeUnit.MILLISECONDS.sleep(10);
                    continue;
                }
                packet.clear().putShort(0, (short) 0x806f).putShort(2, (short) sent);
                write(channel, packet);
            }
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void write(DatagramChannel channel, ByteBuffer packet) {
        try {
            channel.write(packet);
            sent++;
        } catch (IOException refused) {
            // The relay closed the port for this sender, or a buffer is full.
        }
    }

    private static void bind(DatagramChannel channel, String session, String key)
            throws IOException, InterruptedException {
        ByteBuffer answer = ByteBuffer.allocate(2_048);
        channel.configureBlocking(false);
        String cookie = V2Bind.NO_COOKIE;
        for (int counter = 1; counter <= 100; counter++) {
            channel.write(ByteBuffer.wrap(
                    V2Bind.request(session, counter, cookie, true).signed(key)));
            TimeUnit.MILLISECONDS.sleep(20);
            while (channel.read(answer.clear()) >= V2Bind.MIN_BYTES) {
                cookie = HexFormat.of().toHexDigits(answer.getLong(20));
                if (answer.get(28) == 1) {
                    return;
                }
            }
        }
        throw new IOException("the relay did not accept the sender's address");
    }

    @Override
    public String done(double seconds) {
        return String.format(Locale.ROOT, "%.0f packets a second of %d bytes", sent / seconds, PACKET_BYTES);
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        sending.join();
        sender.close();
        receiver.close();
    }
}
