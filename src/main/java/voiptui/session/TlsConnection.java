package voiptui.session;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.LongSupplier;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.net.DatagramTransport;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.FrameHeader;
import voiptui.protocol.MessageJson;
import voiptui.protocol.RelayMessage;

/**
 * One TLS connection with a relay, from the first packet to the last: a thread that connects and then reads, and one that
 * writes what waits in a bounded queue. What it meets it tells its {@link Owner}, on the reading thread.
 */
final class TlsConnection {

    /** Whom a connection tells; each call names the connection, for there may be a newer one by then. */
    interface Owner {

        /** The relay showed who it is. Nothing has been said yet. */
        void onShown(TlsConnection connection, Fingerprint fingerprint);

        /** The relay is a classic one. */
        void onClassic(TlsConnection connection);

        /** The relay said something; may wait until there is room for it, and so slow down one that says too much. */
        void onMessage(TlsConnection connection, RelayMessage message) throws InterruptedException;

        /** A media datagram came; the array is the owner's. */
        void onMedia(TlsConnection connection, byte[] datagram);

        /** The connection is gone, or was not to be had. Told once at the most, and last. */
        void onBroken(TlsConnection connection, String problem);
    }

    /** Messages and media that wait to be written; far more than there ever are unless the network takes nothing. */
    private static final int QUEUE_FRAMES = 256;
    /** Media waits for 320 ms at the most: what is older is better lost. */
    private static final int QUEUE_MEDIA_FRAMES = 16;
    /** Stands for the end of the queue. */
    private static final byte[] END = {};

    private final TlsDialer dial;
    private final Identity identity;
    private final Owner owner;
    private final BlockingQueue<byte[]> frames = new ArrayBlockingQueue<>(QUEUE_FRAMES);
    private final Thread reader = new Thread(this::read, "voiptui-session-in");
    private final Thread writer = new Thread(this::write, "voiptui-session-out");
    private volatile boolean closed;

    TlsConnection(SessionConfig config, Owner owner, Thread.UncaughtExceptionHandler onBug) {
        this.dial = new TlsDialer(config.relay(), config.bind(), config.timeoutMs());
        this.identity = config.identity();
        this.owner = owner;
        for (Thread thread : new Thread[] {reader, writer}) {
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler(onBug);
        }
    }

    /** Begins to connect. */
    void start() {
        reader.start();
    }

    /** The local address that it speaks from, after the handshake; {@code null} before. Any thread. */
    InetAddress localAddress() {
        return dial.localAddress();
    }

    /** Says something; when there is no room for it any more, the connection is as good as gone and is closed. Any thread. */
    void say(ClientMessage message) {
        if (!frames.offer(FrameHeader.frame(FrameHeader.JSON, MessageJson.write(message)))) {
            dial.close();
        }
    }

    /** Sends a media datagram; lost when too many wait already. Any thread; never waits. See {@link MediaPath#send}. */
    int sendMedia(ByteBuffer datagram) {
        int bytes = datagram.remaining();
        if (bytes > FrameHeader.MAX_MEDIA_BYTES || frames.size() >= QUEUE_MEDIA_FRAMES) {
            return DatagramTransport.UNAVAILABLE;
        }
        byte[] payload = new byte[bytes];
        datagram.get(payload);
        return frames.offer(FrameHeader.frame(FrameHeader.MEDIA, payload)) ? bytes : DatagramTransport.UNAVAILABLE;
    }

    /** Closes the connection after what waits was written. Any thread. */
    void finish() {
        if (!frames.offer(END)) {
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

    /** Waits for the threads to end, no longer than {@code leftMs} says each time, in milliseconds. */
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
            problem = dial.words(broken);
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

    /** Reads until the other side breaks the rules, or the connection breaks; says what went wrong. */
    private String readFrames(DataInputStream in) throws IOException, InterruptedException {
        try {
            while (true) {
                int type = in.readUnsignedByte();
                int length = in.readUnsignedShort();
                if (!FrameHeader.isAllowed(type, length)) {
                    return "it sent an invalid frame";
                }
                byte[] payload = in.readNBytes(length);
                if (payload.length < length) {
                    throw new EOFException();
                }
                if (type == FrameHeader.MEDIA) {
                    owner.onMedia(this, payload);
                } else {
                    // What is no message that we know may be one of a later version.
                    RelayMessage message = MessageJson.readRelay(payload).orElse(null);
                    if (message != null) {
                        owner.onMessage(this, message);
                    }
                }
            }
        } catch (EOFException end) {
            return "it closed the connection";
        }
    }

    private void write() {
        try {
            OutputStream out = dial.tls().getOutputStream();
            for (byte[] frame = frames.take(); frame != END; frame = frames.take()) {
                out.write(frame);
            }
            closed = true;
            // The other side closes then, and ends the reader: so it surely has heard all.
            dial.tls().shutdownOutput();
        } catch (IOException | InterruptedException gone) {
            // The reader meets the same, and tells.
            dial.close();
        }
    }
}
