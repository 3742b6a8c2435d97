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
import voiptui.time.NanoClock;

/**
 * One question and one answer on a TCP connection of their own: connect, say, hear until the answer is whole or the other side closes.
 *
 * <p>Blocks its caller for at most the time-out, so it belongs on a thread that may wait (the call's control thread),
 * never on one that carries sound.
 */
public final class TcpExchange {

    /** How an exchange came out. */
    public enum Outcome {
        /** The other side answered. */
        ANSWERED,
        /** Nothing listens there (the host said so). */
        REFUSED,
        /** Nothing came in time. */
        TIMED_OUT,
        /** There is no way to the host, or the connection broke. */
        FAILED
    }

    /**
     * What came of an exchange.
     *
     * @param outcome how it came out
     * @param answer the bytes that came; empty unless answered
     * @param connectNs time to connect: one round trip of the network
     * @param answerNs time from question to the last byte of the answer
     * @param problem what went wrong, for people; empty when answered
     */
    public record Result(Outcome outcome, byte[] answer, long connectNs, long answerNs, String problem) {}

    private final InetSocketAddress remote;
    private final InetAddress local;
    private final int timeoutMs;
    private final int maxAnswerBytes;
    private final Predicate<byte[]> isWhole;
    private final NanoClock clock;

    /**
     * Prepares exchanges with one address.
     *
     * @param remote whom to ask
     * @param local the address to ask from, or {@code null} for whichever the system takes
     * @param timeoutMs the longest that one exchange may take, connecting included
     * @param maxAnswerBytes the longest answer that is read; what comes after it is ignored
     * @param isWhole tells an answer that is complete, so that nobody waits for the other side to close as well
     * @param clock for the time-out and the round trip
     */
    public TcpExchange(
            InetSocketAddress remote,
            InetAddress local,
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

    /** Says {@code question} and hears the answer. Never throws for what the network does. */
    public Result ask(byte[] question) {
        long startNs = clock.nanoTime();
        long deadlineNs = startNs + timeoutMs * NS_PER_MS;
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            if (local != null) {
                socket.bind(new InetSocketAddress(local, 0));
            }
            socket.connect(remote, timeoutMs);
            long connectedNs = clock.nanoTime();
            socket.getOutputStream().write(question);
            byte[] answer = readAnswer(socket, deadlineNs);
            return answer.length == 0
                    ? failure(Outcome.FAILED, "it closed the connection without an answer")
                    : new Result(Outcome.ANSWERED, answer, connectedNs - startNs, clock.nanoTime() - connectedNs, "");
        } catch (SocketTimeoutException late) {
            return failure(Outcome.TIMED_OUT, "no answer within " + timeoutMs + " ms");
        } catch (NoRouteToHostException noRoute) {
            return failure(Outcome.FAILED, "there is no route to " + IpText.of(remote));
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
                // A relay that closes with our bytes unread resets the connection after its answer has come.
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
