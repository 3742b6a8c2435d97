package voiptui.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.bench.BenchResult.Limit;

/**
 * Measures how many calls a relay carries: connects more and more, measures each number, and the greatest that lost little once more at
 * length, or less if that loses too much. Owned by the thread that calls {@link #run}; {@link #stop} may be called by any.
 */
public final class RelayBench {

    private static final int SETTLE_MS = 200;
    private static final int MAX_SETTLES = 10;
    private static final int CONTACTS_MS = 500;
    private static final int MAX_CONTACT_WAITS = 40;
    private static final int WARM_UP_MS = 500;
    private static final int BIND_MS = 20_000;
    /** How often it is checked that the relay is still there, in milliseconds. */
    private static final long WATCH_MS = 1_000;

    private static final double MS_PER_S = 1e3;
    private static final double PERCENT = 100;

    private final InetSocketAddress relay;
    private final OptionalLong pid;
    private final BenchSettings settings;
    private final CountDownLatch stop = new CountDownLatch(1);

    /** Ends a measurement that the user has stopped. */
    private static final class StoppedException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Prepares a bench.
     *
     * @param relay where the relay accepts control connections
     * @param pid the id of its process, to read what it uses; empty: unknown
     */
    public RelayBench(InetSocketAddress relay, OptionalLong pid, BenchSettings settings) {
        this.relay = relay;
        this.pid = pid;
        this.settings = settings;
    }

    /** Has {@link #run} return soon, with what was measured so far. */
    public void stop() {
        stop.countDown();
    }

    private boolean isStopped() {
        return stop.getCount() == 0;
    }

    /**
     * Measures.
     *
     * @param listener told what was measured with each number of calls, the last one included
     * @throws BenchException if not even the first phones could be signed in
     * @throws IOException if this machine has not enough sockets
     */
    public BenchResult run(Consumer<BenchStep> listener) throws BenchException, IOException, InterruptedException {
        try (PhoneMedia media = new PhoneMedia(settings.packetsPerS(), settings.packetBytes(), Phones.areLocal(relay));
                Phones phones = new Phones(relay, settings, media, this::isStopped)) {
            return new Run(media, phones, listener).measure();
        }
    }

    private final class Run {

        private final PhoneMedia media;
        private final Phones phones;
        private final Consumer<BenchStep> listener;
        private final Ramp ramp = new Ramp(settings.mostCalls());
        private @Nullable BenchStep best;
        private Limit limit = Limit.CALLS;
        private String explanation = "";

        Run(PhoneMedia media, Phones phones, Consumer<BenchStep> listener) {
            this.media = media;
            this.phones = phones;
            this.listener = listener;
        }

        BenchResult measure() throws BenchException, IOException, InterruptedException {
            try {
                ramp();
                if (best != null && settings.measureMs() > settings.stepMs()) {
                    measureAtLength(best.calls());
                }
            } catch (StoppedException stopped) {
                limit = Limit.INTERRUPTED;
            }
            return new BenchResult(best, phones.signInsPerS(), limit, explanation);
        }

        /** What went well for a moment may not for long: then a tenth less is measured. */
        private void measureAtLength(int found) throws BenchException, InterruptedException, StoppedException {
            BenchStep carried = null;
            for (int calls = found; calls > 0 && carried == null; calls = calls * 9 / 10) {
                BenchStep step = step(calls, settings.measureMs());
                listener.accept(step);
                if (step.isCarried(settings.maxLossPercent())) {
                    carried = step;
                } else {
                    limit = step.isOnTime() ? Limit.LOSS : Limit.BENCH;
                }
            }
            best = carried;
        }

        private void ramp() throws BenchException, IOException, InterruptedException, StoppedException {
            for (OptionalInt next = ramp.next(); next.isPresent(); next = ramp.next()) {
                int calls = next.getAsInt();
                if (!connect(calls)) {
                    return;
                }
                BenchStep step = step(calls, settings.stepMs());
                listener.accept(step);
                boolean carried = step.isCarried(settings.maxLossPercent());
                ramp.onResult(carried);
                if (carried) {
                    best = step;
                } else {
                    limit = step.isOnTime() ? Limit.LOSS : Limit.BENCH;
                }
            }
        }

        /** Returns false if the relay admits no more. */
        private boolean connect(int calls) throws BenchException, IOException, InterruptedException, StoppedException {
            if (calls <= phones.calls()) {
                return true;
            }
            try {
                phones.connect(calls);
            } catch (BenchException refused) {
                if (isStopped()) {
                    throw new StoppedException();
                }
                if (best == null) {
                    throw refused;
                }
                limit = Limit.REFUSED;
                explanation = String.valueOf(refused.getMessage());
                return false;
            }
            for (int waitedMs = 0; media.bound() < phones.size(); waitedMs += SETTLE_MS) {
                if (waitedMs > BIND_MS) {
                    throw new BenchException("the relay's UDP port does not answer " + (phones.size() - media.bound())
                            + " of " + phones.size() + " phones; check firewalls with voiptui doctor");
                }
                pass(SETTLE_MS);
            }
            awaitContacts();
            return true;
        }

        /** Each phone has been told about each other; that must be over before anything is measured. */
        private void awaitContacts() throws InterruptedException, StoppedException {
            long told = -1;
            for (int i = 0; i < MAX_CONTACT_WAITS && LightPhone.CONTACTS.get() != told; i++) {
                told = LightPhone.CONTACTS.get();
                pass(CONTACTS_MS);
            }
        }

        private BenchStep step(int calls, long measureMs)
                throws BenchException, InterruptedException, StoppedException {
            media.talk(2 * calls);
            pass(WARM_UP_MS);
            media.talk(0);
            settle();
            media.clearDelays();
            long sent = media.sent();
            long received = media.received();
            double relayMs = cpuMs(pid);
            OptionalLong own = OptionalLong.of(ProcessHandle.current().pid());
            double ownMs = cpuMs(own);
            long beganNs = System.nanoTime();
            media.talk(2 * calls);
            talkFor(measureMs);
            media.talk(0);
            double ms = (System.nanoTime() - beganNs) / 1e6;
            double relayPercent = percent(cpuMs(pid) - relayMs, ms);
            double ownPercent = percent(cpuMs(own) - ownMs, ms);
            settle();
            sent = media.sent() - sent;
            received = media.received() - received;
            return new BenchStep(
                    calls,
                    settings.classicAmong(calls),
                    2.0 * calls * settings.packetsPerS(),
                    sent * MS_PER_S / ms,
                    received * MS_PER_S / ms,
                    sent == 0 ? PERCENT : Math.max(0, PERCENT * (sent - received) / sent),
                    BenchStep.Delay.of(media.delays()),
                    media.directDelays().percentileMs(99),
                    relayMs < 0 ? BenchStep.UNKNOWN : relayPercent,
                    residentBytes(),
                    ownMs < 0 ? BenchStep.UNKNOWN : ownPercent);
        }

        private void talkFor(long ms) throws BenchException, InterruptedException, StoppedException {
            for (long leftMs = ms; leftMs > 0; leftMs -= WATCH_MS) {
                pass(Math.min(leftMs, WATCH_MS));
                phones.failIfRelayIsGone();
            }
        }

        /** Waits until what is under way has come, or will not. */
        private void settle() throws InterruptedException, StoppedException {
            long received = -1;
            for (int i = 0; i < MAX_SETTLES && media.received() != received; i++) {
                received = media.received();
                pass(SETTLE_MS);
            }
        }
    }

    private static double percent(double cpuMs, double ms) {
        return PERCENT * cpuMs / ms;
    }

    private static double cpuMs(OptionalLong process) {
        try {
            return process.isPresent() ? new ProcessMeter(process.getAsLong()).cpuMs() : BenchStep.UNKNOWN;
        } catch (IOException notThisSystem) {
            return BenchStep.UNKNOWN;
        }
    }

    private long residentBytes() {
        return pid.isPresent() ? new ProcessMeter(pid.getAsLong()).residentBytes() : BenchStep.UNKNOWN;
    }

    private void pass(long ms) throws InterruptedException, StoppedException {
        if (stop.await(ms, TimeUnit.MILLISECONDS)) {
            throw new StoppedException();
        }
    }
}
