package voiptui.media.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import voiptui.event.CallEvent;
import voiptui.event.EventBus;
import voiptui.rtp.BigEndian;
import voiptui.rtp.rtcp.RtcpWriter;
import voiptui.time.NanoClock;

/**
 * The texts of an encrypted call, both ways. They go with the reports, in an RTCP packet of their own (APP, RFC 3550, 6.7): the number of
 * the last text received, then those of our texts that the peer has not acknowledged, the oldest first, each as a number (32 bits, from
 * 1), a length (16 bits) and UTF-8. Each is repeated until it is acknowledged, and taken in order only, so that loss, repetition and
 * reordering do no harm. See {@code protocol.md}, section 5.
 *
 * <p>The call thread sends, the network thread receives.
 */
public final class TextChannel {

    /** The name of the packet: {@code VTXT}. */
    public static final int NAME = 'V' << 24 | 'T' << 16 | 'X' << 8 | 'T';
    /** The most texts that wait for the peer. */
    static final int MAX_WAITING = 8;
    /** The most texts that are taken at once, and then one more in each {@link #INTERVAL_NS}: the others have to be repeated. */
    static final int MAX_BURST = 10;

    static final long INTERVAL_NS = 500 * NanoClock.NS_PER_MS;

    private static final int ACK_BYTES = 4;
    private static final int HEADER_BYTES = 6;
    /** The most bytes that {@link #write} adds to a report: head, name and texts. */
    public static final int MAX_PACKET_BYTES = 12 + ACK_BYTES + HEADER_BYTES + CallEvent.Text.MAX_BYTES + 8;

    private record Waiting(int number, String text, byte[] utf8) {}

    private final EventBus bus;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final byte[] packetData = new byte[ACK_BYTES + HEADER_BYTES + CallEvent.Text.MAX_BYTES + 4];
    /** Why nothing can be sent; null: it can. Call thread. */
    private @Nullable String obstacle = "texts are only sent in encrypted calls, and this one is not connected";

    /** Of the last text of ours. Written by the call thread. */
    private volatile int sent;
    /** Of ours, the last one that the peer has. Written by the network thread. */
    private volatile int acknowledged;
    /** The last text of the peer. Written by the network thread. */
    private volatile int received;
    /** Whether the peer is to be told what was received. */
    private volatile boolean ackDue;

    private boolean isNew;
    /** How many texts may come at once. Network thread. */
    private int allowance = MAX_BURST;

    private long allowedNs;
    private boolean allowing;

    /** @param bus receives the texts of both sides, ours when the peer has them */
    public TextChannel(EventBus bus) {
        this.bus = bus;
    }

    /** Sends texts from now on, as far as the call allows that. Call thread. */
    public void use(boolean encrypted, boolean peerTakesTexts) {
        obstacle = !encrypted
                ? "texts are only sent end-to-end encrypted, and this call is not"
                : peerTakesTexts ? null : "the other side's program takes no texts";
    }

    /** Sends a text, or publishes why not. Call thread. */
    public void send(String text) {
        String line = line(text);
        byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
        if (obstacle != null) {
            bus.publish(new CallEvent.TextFailed(obstacle));
        } else if (line.isEmpty()) {
            return;
        } else if (!CallEvent.Text.fits(line)) {
            bus.publish(new CallEvent.TextFailed("the text is too long: " + CallEvent.Text.MAX_CHARACTERS
                    + " characters (" + CallEvent.Text.MAX_BYTES + " bytes) at most"));
        } else if (waiting.size() >= MAX_WAITING) {
            bus.publish(new CallEvent.TextFailed("the other side has not received the last " + MAX_WAITING
                    + " texts yet: wait, then send it again"));
        } else {
            waiting.add(new Waiting(sent + 1, line, utf8));
            sent++;
            isNew = true;
        }
    }

    /** Returns whether a report should go early. Call thread, about every 40 ms. */
    public boolean isUrgent() {
        removeAcknowledged();
        return isNew || ackDue;
    }

    private void removeAcknowledged() {
        int last = acknowledged;
        for (Waiting first = waiting.peek(); first != null && first.number() <= last; first = waiting.peek()) {
            waiting.remove();
            bus.publish(new CallEvent.Text(true, first.text()));
        }
    }

    /** Appends a packet to a report if there is anything to tell. Call thread. */
    public void write(ByteBuffer report, int ssrc) {
        if (waiting.isEmpty() && received == 0) {
            return;
        }
        ackDue = false;
        isNew = false;
        ByteBuffer data = ByteBuffer.wrap(packetData);
        data.putInt(received);
        for (Waiting text : waiting) {
            if (data.remaining() < HEADER_BYTES + text.utf8().length) {
                break;
            }
            data.putInt(text.number()).putShort((short) text.utf8().length).put(text.utf8());
        }
        RtcpWriter.application(report, ssrc, NAME, packetData, data.position());
    }

    /** Says which texts the peer has not received. Call thread, at the end of the call. */
    public void close() {
        removeAcknowledged();
        waiting.forEach(text -> bus.publish(new CallEvent.TextFailed("not delivered: " + text.text())));
        waiting.clear();
    }

    /**
     * Takes what the peer has sent. Network thread.
     *
     * @param datagram hostile; from {@code at} to {@code end} is the data of the packet
     */
    public void onPacket(ByteBuffer datagram, int at, int end, long nowNs) {
        if (end - at < ACK_BYTES) {
            return;
        }
        int ack = BigEndian.get32(datagram, at);
        if (ack > acknowledged && ack <= sent) {
            acknowledged = ack;
        }
        int next = at + ACK_BYTES;
        while (end - next >= HEADER_BYTES) {
            int number = BigEndian.get32(datagram, next);
            int bytes = BigEndian.get16(datagram, next + 4);
            next += HEADER_BYTES;
            if (number <= 0 || bytes > CallEvent.Text.MAX_BYTES || bytes > end - next) {
                return;
            }
            if (number <= received) {
                ackDue = true;
            } else if (number == received + 1 && isAllowed(nowNs)) {
                byte[] utf8 = new byte[bytes];
                datagram.get(next, utf8);
                received = number;
                ackDue = true;
                publish(line(new String(utf8, StandardCharsets.UTF_8)));
            }
            next += bytes;
        }
    }

    private void publish(String text) {
        if (!text.isEmpty()) {
            bus.publish(new CallEvent.Text(
                    false, text.substring(0, Math.min(text.length(), CallEvent.Text.MAX_CHARACTERS))));
        }
    }

    private boolean isAllowed(long nowNs) {
        if (!allowing) {
            allowing = true;
            allowedNs = nowNs;
        }
        long intervals = (nowNs - allowedNs) / INTERVAL_NS;
        if (intervals > 0) {
            allowance = (int) Math.min(MAX_BURST, allowance + intervals);
            allowedNs += intervals * INTERVAL_NS;
        }
        if (allowance == 0) {
            return false;
        }
        allowance--;
        return true;
    }

    /** Returns a text in one line, without control characters. */
    private static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean breaks = type == Character.CONTROL
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            line.appendCodePoint(breaks ? ' ' : c);
        });
        return line.toString().strip();
    }
}
