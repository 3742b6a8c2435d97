package voiptui.session;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.net.DatagramTransport;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.FrameHeader;
import voiptui.protocol.MessageJson;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.UnreadableMessage;
import voiptui.time.NanoClock;

/**
 * A TLS connection to a relay, with two threads: one connects and then reads, the other writes from a bounded queue. The
 * {@link Owner} is called on the reading thread.
 */
final class TlsConnection {

    /** Receives what happens on a connection; each call names it, because a newer one may exist by then. */
    interface Owner {

        /** The relay showed its certificate. Nothing has been sent yet. */
        void onShown(TlsConnection connection, Fingerprint fingerprint);

        /** The relay is a classic relay. */
        void onClassic(TlsConnection connection);

        /** A message arrived. May block until there is room for it, which slows down a relay that sends too much. */
        void onMessage(TlsConnection connection, RelayMessage message) throws InterruptedException;

        /** A message of a known type arrived that cannot be used; may block like {@link #onMessage}. */
        void onUnreadable(TlsConnection connection, UnreadableMessage message) throws InterruptedException;

        /** A media datagram arrived; the owner may keep the array. */
        void onMedia(TlsConnection connection, byte[] datagram);

        /** The connection failed or was lost. Called at most once, and last. */
        void onBroken(TlsConnection connection, String problem);
    }

    private final TlsDialer dial;
    private final Identity identity;
    private final Owner owner;
    private final FrameQueue frames;
    private final Thread reader = new Thread(this::read, "voiptui-session-in");
    private final Thread writer = new Thread(this::write, "voiptui-session-out");
    private volatile boolean closed;

    TlsConnection(SessionConfig config, NanoClock clock, Owner owner, Thread.UncaughtExceptionHandler onBug) {
        this.frames = new FrameQueue(clock);
        this.dial = TlsDialer.of(config, clock);
        this.identity = config.identity();
        this.owner = owner;
        for (Thread thread : new Thread[] {reader, writer}) {
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler(onBug);
        }
    }

    /** Starts connecting. */
    void start() {
        reader.start();
    }

    /** Returns the local address of the connection; null: not connected yet, or through {@code ssh}. Any thread. */
    @Nullable
    InetAddress localAddress() {
        return dial.localAddress();
    }

    /**
     * Returns the relay's address that the connection goes to, also after it was lost; null: not connected yet, or through
     * {@code ssh}. Any thread.
     */
    @Nullable
    InetSocketAddress relayAddress() {
        return dial.remoteAddress();
    }

    /** Sends a message. A full queue means that the network is stuck: the connection is closed. Any thread. */
    void say(ClientMessage message) {
        if (!frames.addMessage(MessageJson.write(message))) {
            dial.close();
        }
    }

    /** Sends a media datagram; dropped if too many wait. Any thread; never blocks. See {@link MediaPath#send}. */
    int sendMedia(ByteBuffer datagram) {
        int bytes = datagram.remaining();
        return frames.addMedia(datagram) ? bytes : DatagramTransport.UNAVAILABLE;
    }

    /** Closes the connection once the queue has been written. Any thread. */
    void finish() {
        if (!frames.addEnd()) {
            close();
        }
    }

    /** Closes the connection at once; both threads end. Any thread. */
    void close() {
        closed = true;
        dial.close();
        reader.interrupt();
        writer.interrupt();
    }

    /** Waits for both threads to end, each for at most {@code leftMs}, in milliseconds. */
    void join(LongSupplier leftMs) throws InterruptedException {
        writer.join(leftMs.getAsLong());
        reader.join(leftMs.getAsLong());
    }

    private void read() {
        String problem;
        try {
            dial.connect();
            Optional<Fingerprint> shown = dial.handshake(identity);
            if (shown.isEmpty()) {
                owner.onClassic(this);
                return;
            }
            writer.start();
            owner.onShown(this, shown.get());
            problem = readFrames(new DataInputStream(dial.tls().getInputStream()));
        } catch (IOException broken) {
            problem = closed ? "closed" : dial.describe(broken);
        } catch (InterruptedException stopped) {
            problem = "closed";
        } finally {
            dial.close();
            writer.interrupt();
        }
        if (!closed) {
            owner.onBroken(this, problem);
        }
    }

    /** Reads until the connection ends or the relay violates the protocol; returns what went wrong. */
    private String readFrames(DataInputStream in) throws IOException, InterruptedException {
        try {
            while (true) {
                int type = in.readUnsignedByte();
                int length = in.readUnsignedShort();
                if (!FrameHeader.isKnown(type)) {
                    in.skipNBytes(length);
                    continue;
                }
                if (!FrameHeader.isAllowed(type, length)) {
                    return "the relay sent an invalid frame";
                }
                byte[] payload = in.readNBytes(length);
                if (payload.length < length) {
                    throw new EOFException();
                }
                if (type == FrameHeader.MEDIA) {
                    owner.onMedia(this, payload);
                } else {
                    Optional<RelayMessage> message = MessageJson.readRelay(payload);
                    if (message.isPresent()) {
                        owner.onMessage(this, message.get());
                        continue;
                    }
                    // One of an unknown type may belong to a later version.
                    Optional<UnreadableMessage> unreadable = MessageJson.explainRelay(payload);
                    if (unreadable.isPresent()) {
                        owner.onUnreadable(this, unreadable.get());
                    }
                }
            }
        } catch (EOFException end) {
            return dial.describe(end);
        }
    }

    private void write() {
        try {
            OutputStream out = dial.tls().getOutputStream();
            for (byte[] frame = frames.take(); frame != null; frame = frames.take()) {
                out.write(frame);
            }
            closed = true;
            // The relay then closes its side, which ends the reader: it has received everything.
            dial.tls().shutdownOutput();
        } catch (IOException | InterruptedException gone) {
            // The reader meets the same error and reports it.
            dial.close();
        }
    }
}
