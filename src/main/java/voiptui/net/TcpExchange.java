package voiptui.net;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import voiptui.time.NanoClock;

/**
 * One request and one answer on a TCP connection of their own: connects, sends, and reads until the answer is complete or
 * the other side closes.
 *
 * <p>Blocks its caller for at most the timeout, so it belongs on a thread that may wait (the control thread of a call),
 * never on one that carries audio.
 */
public final class TcpExchange {

    /** Outcome of a request. */
    public enum Outcome {
        /** The other side answered. */
        ANSWERED,
        /** The host refused the connection: nothing listens on the port. */
        REFUSED,
        /** No answer in time. */
        TIMED_OUT,
        /** No route to the host, or the connection broke. */
        FAILED
    }

    /**
     * Result of a request.
     *
     * @param outcome its outcome
     * @param answer the bytes received; empty unless answered
     * @param connectNs time to connect: one network round trip
     * @param answerNs time from the request to the last byte of the answer
     * @param problem what went wrong, for people; empty if answered
     */
    public record Result(Outcome outcome, byte[] answer, long connectNs, long answerNs, String problem) {}

    private final HostAddresses remote;
    private final @Nullable InetAddress local;
    private final int timeoutMs;
    private final int maxAnswerBytes;
    private final Predicate<byte[]> isWhole;
    private final Consumer<InetAddress> onConnected;
    private final NanoClock clock;

    /**
     * Creates a client for one host.
     *
     * @param remote the host to connect to, looked up for each request
     * @param local the address to connect from; null: chosen by the system
     * @param timeoutMs the longest time for the look-up, and for one request, connecting included
     * @param maxAnswerBytes the longest answer; the rest is ignored
     * @param isWhole recognizes a complete answer, so that the other side need not close first
     * @param onConnected receives the host's address before a request is sent to it, on the thread of {@link #ask}
     * @param clock measures timeout and round trip
     */
    public TcpExchange(
            HostAddresses remote,
            @Nullable InetAddress local,
            int timeoutMs,
            int maxAnswerBytes,
            Predicate<byte[]> isWhole,
            Consumer<InetAddress> onConnected,
            NanoClock clock) {
        this.remote = remote;
        this.local = local;
        this.timeoutMs = timeoutMs;
        this.maxAnswerBytes = maxAnswerBytes;
        this.isWhole = isWhole;
        this.onConnected = onConnected;
        this.clock = clock;
    }

    /** Sends a request and returns the result. Never throws for network failures. */
    public Result ask(byte[] request) {
        try {
            List<InetSocketAddress> addresses = remote.find(timeoutMs);
            long startNs = clock.nanoTime();
            long deadlineNs = startNs + timeoutMs * NS_PER_MS;
            try (Socket socket = new ConnectRace<>(Socket::new, local, timeoutMs, clock).connect(addresses)) {
                return ask(socket, request, startNs, deadlineNs);
            }
        } catch (ConnectFailure failed) {
            return failure(
                    switch (failed.kind()) {
                        case REFUSED -> Outcome.REFUSED;
                        case TIMED_OUT -> Outcome.TIMED_OUT;
                        case FAILED -> Outcome.FAILED;
                    },
                    String.valueOf(failed.getMessage()));
        } catch (SocketTimeoutException late) {
            return failure(Outcome.TIMED_OUT, "no answer within " + timeoutMs + " ms");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return failure(Outcome.FAILED, "interrupted");
        } catch (IOException broken) {
            return failure(Outcome.FAILED, String.valueOf(broken.getMessage()));
        }
    }

    private Result ask(Socket socket, byte[] request, long startNs, long deadlineNs) throws IOException {
        long connectedNs = clock.nanoTime();
        InetAddress address = socket.getInetAddress();
        onConnected.accept(address);
        try {
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(request);
            byte[] answer = readAnswer(socket, deadlineNs);
            if (answer.length > 0) {
                remote.onWorking(address);
                return new Result(Outcome.ANSWERED, answer, connectedNs - startNs, clock.nanoTime() - connectedNs, "");
            }
        } catch (IOException broken) {
            remote.onUseless(address);
            throw broken;
        }
        remote.onUseless(address);
        return failure(Outcome.FAILED, "the connection was closed without an answer");
    }

    private byte[] readAnswer(Socket socket, long deadlineNs) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream(16);
        byte[] chunk = new byte[maxAnswerBytes];
        InputStream in = socket.getInputStream();
        while (answer.size() < maxAnswerBytes && !isWhole.test(answer.toByteArray())) {
            long leftMs = (deadlineNs - clock.nanoTime()) / NS_PER_MS;
            if (leftMs <= 0) {
                throw new SocketTimeoutException();
            }
            socket.setSoTimeout((int) leftMs);
            int read;
            try {
                read = in.read(chunk, 0, maxAnswerBytes - answer.size());
            } catch (IOException broken) {
                // A relay that closes with bytes unread resets the connection after its answer has arrived.
                if (answer.size() > 0) {
                    break;
                }
                throw broken;
            }
            if (read < 0) {
                break;
            }
            answer.write(chunk, 0, read);
        }
        return answer.toByteArray();
    }

    private static Result failure(Outcome outcome, String problem) {
        return new Result(outcome, new byte[0], 0, 0, problem);
    }
}
