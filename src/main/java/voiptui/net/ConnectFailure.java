package voiptui.net;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** No address of a host could be connected to. The message is for the user. */
public final class ConnectFailure extends IOException {

    private static final long serialVersionUID = 1L;

    /** What all attempts have in common. */
    public enum Kind {
        /** Each address refused the connection: nothing listens on the port. */
        REFUSED,
        /** At least one address did not answer in time. */
        TIMED_OUT,
        /** Anything else. */
        FAILED
    }

    /** A failed attempt. */
    record Attempt(InetSocketAddress address, IOException problem) {}

    private final Kind kind;

    private ConnectFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /**
     * Describes failed attempts.
     *
     * @param attempts at least one
     * @param bind the local address; null: chosen by the system
     * @param timeoutMs the time limit, in milliseconds
     */
    static ConnectFailure of(List<Attempt> attempts, @Nullable InetAddress bind, int timeoutMs) {
        boolean single = attempts.size() == 1;
        String message = attempts.stream()
                .map(attempt -> describe(attempt, bind, timeoutMs, single))
                .distinct()
                .collect(Collectors.joining("; "));
        if (attempts.stream().anyMatch(attempt -> attempt.problem instanceof SocketTimeoutException)) {
            return new ConnectFailure(Kind.TIMED_OUT, message);
        }
        return new ConnectFailure(
                attempts.stream().allMatch(attempt -> isRefusal(attempt.problem)) ? Kind.REFUSED : Kind.FAILED,
                message);
    }

    private static boolean isRefusal(IOException problem) {
        return problem instanceof ConnectException && !isUnreachable(problem);
    }

    private static boolean isUnreachable(IOException problem) {
        return problem instanceof NoRouteToHostException
                || String.valueOf(problem.getMessage()).contains("unreachable");
    }

    private static String describe(Attempt attempt, @Nullable InetAddress bind, int timeoutMs, boolean single) {
        IOException problem = attempt.problem;
        String address = IpText.of(attempt.address);
        if (problem instanceof SocketTimeoutException) {
            return "no answer" + (single ? "" : " from " + address) + " within " + timeoutMs + " ms";
        } else if (problem instanceof BindException && bind != null) {
            return "cannot connect from " + IpText.of(bind) + ": not an address of this machine";
        } else if (problem instanceof BindException || isUnreachable(problem)) {
            return "no route to " + address;
        } else if (problem instanceof ConnectException) {
            return "nothing listens on TCP " + address;
        }
        return problem.getMessage() + (single ? "" : " (" + address + ")");
    }

    /** Returns what all attempts have in common. */
    public Kind kind() {
        return kind;
    }
}
