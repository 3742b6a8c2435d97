package voiptui.net;

import static voiptui.time.NanoClock.NS_PER_MS;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
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

    private final InetSocketAddress remote;
    private final @Nullable InetAddress local;
    private final int timeoutMs;
    private final int maxAnswerBytes;
    private final Predicate<byte[]> isWhole;
    private final NanoClock clock;

    /**
     * Creates a client for one address.
     *
     * @param remote the address to connect to
     * @param local the address to connect from; null: chosen by the system
     * @param timeoutMs the longest time for one request, connecting included
     * @param maxAnswerBytes the longest answer; the rest is ignored
     * @param isWhole recognizes a complete answer, so that the other side need not close first
     * @param clock measures timeout and round trip
     */
    public TcpExchange(
            InetSocketAddress remote,
            @Nullable InetAddress local,
            int timeoutMs,
            int maxAnswerBytes,
            Predicate<byte[]> isWhole,
            NanoClock clock) {
        this.remote = remote;
        this.local = local;
        this.timeoutMs = timeoutMs;
        this.maxAnswerBytes = maxAnswerBytes;
        this.isWhole = isWhole;
        this.clock = clock;
    }

    /** Sends a request and returns the result. Never throws for network failures. */
    public Result ask(byte[] request) {
        long startNs = clock.nanoTime();
        long deadlineNs = startNs + timeoutMs * NS_PER_MS;
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            if (local != null) {
                socket.bind(new InetSocketAddress(local, 0));
            }
            socket.connect(remote, timeoutMs);
            long connectedNs = clock.nanoTime();
            socket.getOutputStream().write(request);
            byte[] answer = readAnswer(socket, deadlineNs);
            return answer.length == 0
                    ? failure(Outcome.FAILED, "the connection was closed without an answer")
                    : new Result(Outcome.ANSWERED, answer, connectedNs - startNs, clock.nanoTime() - connectedNs, "");
        } catch (SocketTimeoutException late) {
            return failure(Outcome.TIMED_OUT, "no answer within " + timeoutMs + " ms");
        } catch (NoRouteToHostException noRoute) {
            return failure(Outcome.FAILED, "no route to " + IpText.of(remote));
        } catch (ConnectException refused) {
            return failure(Outcome.REFUSED, "nothing listens on TCP " + IpText.of(remote));
        } catch (IOException broken) {
            return failure(Outcome.FAILED, String.valueOf(broken.getMessage()));
        }
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
