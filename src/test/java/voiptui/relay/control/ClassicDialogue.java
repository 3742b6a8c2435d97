package voiptui.relay.control;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.relay.call.ClassicRegistries;
import voiptui.relay.call.ClassicRegistry;

/**
 * One classic control connection to a relay where nobody is registered, for tests in other packages: its time stands still but for
 * {@link #passMs}.
 */
public final class ClassicDialogue {

    /** How long the relay waits for a message, in milliseconds. */
    public static final int TIMEOUT_MS = 30_000;

    private static final InetSocketAddress REMOTE = new InetSocketAddress("10.0.0.1", 40_000);
    private static final InetSocketAddress LOCAL = new InetSocketAddress("10.0.0.254", 8888);

    private final Counters counters = new Counters();
    private final EmbeddedChannel channel = new EmbeddedChannel() {
        @Override
        protected SocketAddress remoteAddress0() {
            return REMOTE;
        }

        @Override
        protected SocketAddress localAddress0() {
            return LOCAL;
        }
    };

    /** Opens a connection. */
    public ClassicDialogue() {
        EventBus bus = new EventBus();
        ClassicRegistry registry = ClassicRegistries.alone(1, bus, counters);
        channel.freezeTime();
        ClassicRequestHandler requests = new ClassicRequestHandler(registry, address -> false, bus, counters, () -> 0);
        channel.pipeline().addLast(new ClassicConnection(requests, TIMEOUT_MS));
        channel.pipeline().fireChannelActive();
    }

    /** Sends the bytes from index {@code from} to {@code to}, unless the relay has closed the connection. */
    public void send(byte[] bytes, int from, int to) {
        if (!channel.isOpen()) {
            return;
        }
        channel.writeInbound(Unpooled.copiedBuffer(bytes, from, to - from));
    }

    /** Closes the client's side. */
    public void closeInput() {
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        channel.runPendingTasks();
    }

    /** Lets time pass. */
    public void passMs(int ms) {
        channel.advanceTimeBy(ms, TimeUnit.MILLISECONDS);
        channel.runPendingTasks();
    }

    /** Returns all that the relay has sent since the last call, as text. */
    public String answers() {
        StringBuilder answers = new StringBuilder();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            answers.append(bytes.toString(StandardCharsets.ISO_8859_1));
            bytes.release();
        }
        return answers.toString();
    }

    /** Returns a counter of the relay. */
    public long count(Counter counter) {
        return counters.get(counter);
    }

    /** Ends it. */
    public void close() {
        channel.finishAndReleaseAll();
    }
}
