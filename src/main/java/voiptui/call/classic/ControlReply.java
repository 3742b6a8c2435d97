package voiptui.call.classic;

import java.util.Optional;
import voiptui.net.TcpExchange;
import voiptui.protocol.classic.ClassicReply;
import voiptui.protocol.classic.ClassicRequest;
import voiptui.time.NanoClock;

/**
 * The outcome of a request to the relay.
 *
 * @param request what was sent
 * @param reply the relay's reply; empty if there was none or it was not understood
 * @param refused whether the host refused the connection
 * @param timedOut whether the timeout passed without a reply
 * @param rttMs the round trip in milliseconds; 0 without a reply
 * @param problem what went wrong, for the user; empty if the relay answered
 */
record ControlReply(
        ClassicRequest request,
        Optional<ClassicReply> reply,
        boolean refused,
        boolean timedOut,
        double rttMs,
        String problem) {

    /** Evaluates the outcome of a TCP exchange. */
    static ControlReply of(ClassicRequest request, TcpExchange.Result result) {
        if (result.outcome() != TcpExchange.Outcome.ANSWERED) {
            return new ControlReply(
                    request,
                    Optional.empty(),
                    result.outcome() == TcpExchange.Outcome.REFUSED,
                    result.outcome() == TcpExchange.Outcome.TIMED_OUT,
                    0,
                    result.problem());
        }
        Optional<ClassicReply> reply = ClassicReply.parse(result.answer());
        // A relay may take time to handle HELLO; the time to connect depends on the network only.
        long rttNs = request instanceof ClassicRequest.Heartbeat ? result.answerNs() : result.connectNs();
        return new ControlReply(
                request,
                reply,
                false,
                false,
                NanoClock.toMs(rttNs),
                reply.isPresent() ? "" : "not a relay's answer; is another program listening on this port?");
    }

    /** Returns whether the relay gave this reply. */
    boolean is(ClassicReply expected) {
        return reply.isPresent() && reply.get() == expected;
    }

    /** Returns the reply, or what went wrong instead, for the user. */
    String text() {
        return reply.map(said -> "it answered " + said).orElse(problem);
    }
}
