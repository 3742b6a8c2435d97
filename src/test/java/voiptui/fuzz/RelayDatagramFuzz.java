package voiptui.fuzz;

import java.util.Arrays;
import java.util.List;
import voiptui.event.Counter;
import voiptui.relay.media.ForwardingEnd;
import voiptui.relay.media.ForwardingEnd.Sender;
import voiptui.relay.media.ForwardingEnd.Sent;
import voiptui.relay.media.LegMeter;

/**
 * Datagrams at a relay with two calls: a {@link Script} whose first bits tell the sender of each, the others whether it is signed, carries
 * the right cookie, and how much time passes before it.
 */
public final class RelayDatagramFuzz {

    private static final int SENDER_MASK = 0x07;
    private static final int SIGNED = 0x08;
    private static final int COOKIE = 0x10;
    private static final int TIME_SHIFT = 5;
    private static final int[] PAUSES_MS = {0, 1, 20, 60, 200, 1_000, 5_000, 40_000};
    /** What becomes of a datagram: each counts as one of these. */
    private static final List<Counter> FATES = List.of(
            Counter.FORWARDED,
            Counter.BINDS_ANSWERED,
            Counter.BINDS_REFUSED,
            Counter.DROPPED_NO_PEER,
            Counter.DROPPED_UNREGISTERED,
            Counter.DROPPED_UNDERSIZED,
            Counter.DROPPED_OVERSIZED,
            Counter.DROPPED_OVER_RATE);

    private RelayDatagramFuzz() {}

    /** Runs one input. */
    public static void fuzzerTestOneInput(byte[] data) {
        ForwardingEnd relay = new ForwardingEnd();
        Script.run(data, (how, datagram) -> take(relay, how, datagram));
        for (LegMeter leg : relay.legs()) {
            Promise.check(leg.lost() >= 0 && leg.lost() <= leg.expected(), "no more lost than sent", leg.lost());
            Promise.check(
                    leg.forwarded() < 0 && leg.forwardedLost() == 0
                            || leg.forwardedLost() >= 0 && leg.forwardedLost() <= leg.forwarded(),
                    "no more lost on the way to a client than forwarded",
                    leg.forwardedLost(),
                    leg.forwarded());
            Promise.check(leg.jitterUs() >= 0, "jitter is not negative", leg.jitterUs());
            Promise.check(leg.expected() - leg.lost() <= relay.heard(), "no more received than came", leg.expected());
        }
        Promise.check(relay.bound() <= relay.count(Counter.BINDS_ANSWERED), "who is bound was answered");
        Promise.check(
                relay.unknown() <= relay.count(Counter.DROPPED_UNREGISTERED), "only unknown sources are asked about");
    }

    private static void take(ForwardingEnd relay, int how, byte[] datagram) {
        Sender sender = Sender.values()[how & SENDER_MASK];
        boolean signed = (how & SIGNED) != 0;
        relay.passMs(PAUSES_MS[how >> TIME_SHIFT]);
        if (signed) {
            relay.sign(datagram, sender, (how & COOKIE) != 0);
        }
        long fates = fates(relay);
        long answered = relay.count(Counter.BINDS_ANSWERED);
        long forwarded = relay.count(Counter.FORWARDED);
        long bytes = relay.count(Counter.FORWARDED_BYTES);
        int bound = relay.bound();
        List<Sent> sent = relay.onDatagram(sender, datagram.clone());
        Promise.check(fates(relay) == fates + 1, "a datagram counts once", sender, datagram.length);
        Promise.check(sent.size() <= 1, "one datagram for one", sent.size());
        boolean answers = relay.count(Counter.BINDS_ANSWERED) > answered;
        boolean forwards = relay.count(Counter.FORWARDED) > forwarded;
        Promise.check((answers || forwards) == !sent.isEmpty(), "what is sent is counted", answers, forwards);
        Promise.check(signed || !answers && relay.bound() == bound, "nothing for a request that is not signed");
        Promise.check(
                relay.count(Counter.FORWARDED_BYTES) == bytes + (forwards ? datagram.length : 0), "bytes are counted");
        for (Sent one : sent) {
            Promise.check(
                    one.bytes().length == datagram.length, "never longer than what caused it", one.bytes().length);
            Promise.check(answers == one.answer(), "an answer is one to a bind request", one.answer());
            Promise.check(
                    !answers || one.to().equals(ForwardingEnd.source(sender)),
                    "an answer goes to the sender",
                    one.to());
            Promise.check(answers || Arrays.equals(one.bytes(), datagram), "media is forwarded unchanged");
        }
    }

    private static long fates(ForwardingEnd relay) {
        long sum = 0;
        for (Counter counter : FATES) {
            sum += relay.count(counter);
        }
        return sum;
    }
}
