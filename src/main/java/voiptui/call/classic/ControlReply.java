package voiptui.call.classic;

import java.util.Optional;
import voiptui.net.TcpExchange;
import voiptui.protocol.ClassicReply;
import voiptui.protocol.ClassicRequest;
import voiptui.time.NanoClock;

/**
 * What came of a question to the relay.
 *
 * @param request what was asked
 * @param reply what the relay said; nothing when it did not answer or said something unheard of
 * @param refused whether the host itself said that nothing listens there
 * @param timedOut whether all the time was waited for an answer that did not come
 * @param rttMs the round trip in milliseconds; 0 without an answer
 * @param problem what went wrong, for people; empty when the relay answered
 */
record ControlReply(
        ClassicRequest request,
        Optional<ClassicReply> reply,
        boolean refused,
        boolean timedOut,
        double rttMs,
        String problem) {

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
        // A relay may think before it grants a HELLO; the time to connect is the network's alone.
        long rttNs = request instanceof ClassicRequest.Heartbeat ? result.answerNs() : result.connectNs();
        return new ControlReply(
                request,
                reply,
                false,
                false,
                NanoClock.toMs(rttNs),
                reply.isPresent() ? "" : "its answer is none that a relay gives; is it another program?");
    }

    boolean is(ClassicReply expected) {
        return reply.isPresent() && reply.get() == expected;
    }

    /** The reply, or what went wrong instead, for people. */
    String words() {
        return reply.map(said -> "it answered " + said).orElse(problem);
    }
}
