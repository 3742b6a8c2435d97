package voiptui.phone;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import voiptui.call.TestCall;
import voiptui.event.EndReason;
import voiptui.event.PhoneEvent;
import voiptui.phone.peers.BlockedCallers;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;
import voiptui.session.SessionListener;
import voiptui.session.TestSession;
import voiptui.testkit.ManualClock;

/** A whole phone but for its media and its network: the three state machines, connected as in a phone. One thread. */
public final class TestPhone {

    private final String name;
    private final ManualClock clock;
    private final TestSession session;
    private final PhoneMachine machine;
    private final Set<String> callers = new TreeSet<>();
    private final List<String> missed = new ArrayList<>();
    private TestCall call;
    private boolean ringer;
    private int calls;

    /** Creates a phone; see {@link TestSession}. */
    public TestPhone(String name, ManualClock clock, Consumer<ClientMessage> network, Runnable connect) {
        this.name = name;
        this.clock = clock;
        this.session = new TestSession(name, clock, network, connect, new Listener());
        this.machine = new PhoneMachine(
                true,
                new CallScreening(
                        false, AnonymousCallers.RING, new BlockedCallers(List.of()), EncryptionScreening.NONE),
                any -> false,
                clock::elapsedMs,
                clock,
                new Effects());
    }

    public String name() {
        return name;
    }

    public TestSession session() {
        return session;
    }

    public void dial(String target) {
        machine.dial(target);
    }

    public void accept() {
        machine.accept();
    }

    public void reject() {
        machine.reject();
    }

    public void hangUp() {
        if (call != null) {
            call.hangUp();
        }
    }

    /** Returns whether {@code caller} is calling. */
    public boolean isCalledBy(String caller) {
        return callers.contains(caller);
    }

    /** Returns whether the phone is in a call, answered or not. */
    public boolean isInCall() {
        return call != null;
    }

    /** Lets the state machines see the time. */
    public void onTick() {
        session.onTick();
        machine.onTick();
        if (call != null) {
            call.onTick();
            if (call.isEnded()) {
                call = null;
                machine.onCallEnded();
            }
        }
    }

    /** Returns what the user sees and hears: {@code idle}, {@code called by dora, rings}, {@code talks to dora}. */
    public String state() {
        String current = call == null ? "" : call.state();
        String called =
                callers.isEmpty() ? "" : "called by " + String.join(" and ", callers) + (ringer ? ", rings" : "");
        String both = current + (current.isEmpty() || called.isEmpty() ? "" : ", ") + called;
        return both.isEmpty() ? ringer ? "rings for nobody" : "idle" : both;
    }

    /** Returns who was missed. */
    public List<String> missed() {
        return List.copyOf(missed);
    }

    private final class Listener implements SessionListener {
        @Override
        public void onSignedIn(RelayMessage.Welcome welcome) {
            machine.onSignedIn(welcome.name());
            if (call != null) {
                call.onSignedIn();
            }
        }

        @Override
        public void onMessage(RelayMessage message) {
            machine.onMessage(message);
            if (call != null) {
                call.onMessage(message);
            }
        }

        @Override
        public void onLost(String problem, int attempt, long retryInMs) {
            machine.onSessionLost();
            if (call != null) {
                call.onSessionLost();
            }
        }

        @Override
        public void onRefused(EndReason reason, String detail) {
            throw new AssertionError(name + " was refused: " + reason + " " + detail);
        }

        @Override
        public void onClassicRelay() {
            throw new AssertionError("classic relay");
        }
    }

    private final class Effects implements PhoneEffects {
        @Override
        public void say(ClientMessage message) {
            session.say(message);
        }

        @Override
        public void dial(String target) {
            call = newCall();
            call.dial(target, session.isSignedIn());
        }

        @Override
        public void accept(String announced, String from, String fingerprint, boolean confirmed) {
            call = newCall();
            call.accept(announced, from, session.isSignedIn());
        }

        private TestCall newCall() {
            calls++;
            return new TestCall(
                    clock, () -> String.format("%024x%08x", name.hashCode() & 0xffffffffL, calls), session::say);
        }

        @Override
        public void hangUp() {
            call.hangUp();
        }

        @Override
        public void saveBlocked(PhoneEvent.BlockedPeer peer, boolean blocked) {}

        @Override
        public void ring(boolean on) {
            ringer = on;
        }

        @Override
        public void publish(PhoneEvent event) {
            if (event instanceof PhoneEvent.Incoming incoming) {
                callers.add(incoming.from());
            } else if (event instanceof PhoneEvent.RingingEnded ended) {
                callers.remove(ended.from());
            } else if (event instanceof PhoneEvent.Missed call) {
                missed.add(call.from());
            }
        }

        @Override
        public void ended(EndReason reason) {}
    }
}
