package voiptui.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.phone.TestPhone;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;
import voiptui.relay.directory.AccessPolicy;
import voiptui.relay.media.MediaTunnel;
import voiptui.relay.registrar.RegistrarCalls;
import voiptui.relay.session.SessionChannel;

/**
 * A connection breaks at every step of a call: for each message between phones and relay, once before it arrives and once
 * after, with and without a ping in between, with the relay noticing or not, and with what the users do next before or
 * after the phone has reconnected. Each time everybody ends up where they would have been without the break.
 */
class CallBreakTest extends RegistrarFixture {

    /** What breaks, and what happens meanwhile. */
    private record Break(int atMessage, boolean arrives, boolean ping, boolean relayNotices, boolean lasts) {}

    private static final Break NEVER = new Break(-1, true, false, true, false);
    /** How many ways to break at each message. */
    private static final int VARIANTS = 6;

    private static final int STEP_MS = 200;
    /** After this time without a message everything that can happen has happened. */
    private static final int QUIET_MS = 800;

    private static final int MOST_MS = 30_000;

    /** A message on its way, on one connection. */
    private record Transit(TestPhone phone, int connection, Object message) {}

    /** The relay's end of a connection. */
    private final class Channel implements SessionChannel {
        final TestPhone phone;
        final int number;

        Channel(TestPhone phone, int number) {
            this.phone = phone;
            this.number = number;
        }

        @Override
        public void send(RelayMessage message) {
            transit.add(new Transit(phone, number, message));
        }

        @Override
        public void close() {}

        @Override
        public InetSocketAddress remote() {
            return new InetSocketAddress(ip(hostOf(phone.name())), 40_000 + number);
        }

        @Override
        public InetAddress local() {
            return ip(RELAY);
        }

        @Override
        public MediaTunnel tunnel() {
            return datagram -> true;
        }
    }

    private final Map<String, TestPhone> phones = new LinkedHashMap<>();
    private final Map<TestPhone, Channel> channels = new LinkedHashMap<>();
    private final Map<TestPhone, ClientSession> signedIn = new LinkedHashMap<>();
    private final List<TestPhone> connecting = new ArrayList<>();
    private final Deque<Transit> transit = new ArrayDeque<>();
    private Break planned = NEVER;
    private TestPhone away;
    private int connections;
    private int messages;
    private List<String> history = new ArrayList<>();

    private void restart(Break next) {
        startIn(stateDirOfBell(), AccessPolicy.OPEN);
        phones.clear();
        channels.clear();
        signedIn.clear();
        connecting.clear();
        transit.clear();
        away = null;
        planned = NEVER;
        for (String name : List.of("dora", "attic", "cellar")) {
            signIn(name);
        }
        messages = 0;
        history = new ArrayList<>();
        planned = next;
    }

    /** Returns the state directory of a relay that knows {@code bell}, who is offline. */
    private Path stateDirOfBell() {
        try {
            Path folder = Files.createDirectories(newStateDir());
            Files.writeString(folder.resolve("names"), "bell " + fingerprint("bell") + "\n");
            return folder;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private void signIn(String name) {
        TestPhone[] self = new TestPhone[1];
        self[0] = new TestPhone(
                name,
                clock,
                message -> transit.add(new Transit(self[0], channels.get(self[0]).number, message)),
                () -> connecting.add(self[0]));
        phones.put(name, self[0]);
        self[0].session().start();
        settle();
    }

    /** Delivers everything, and lets phones reconnect that may; returns when nothing happens any more. */
    private void settle() {
        long untilMs = clock.elapsedMs() + MOST_MS;
        for (int quietMs = 0; quietMs < QUIET_MS; quietMs += STEP_MS) {
            while (!transit.isEmpty() || connecting.stream().anyMatch(phone -> phone != away)) {
                quietMs = 0;
                if (transit.isEmpty()) {
                    connecting.stream()
                            .filter(phone -> phone != away)
                            .findFirst()
                            .ifPresent(this::connect);
                } else {
                    deliver(transit.removeFirst());
                }
            }
            tick();
            assertThat(clock.elapsedMs()).as("it never ends: %s", history).isLessThan(untilMs);
        }
    }

    private void tick() {
        clock.advanceMs(STEP_MS);
        List.copyOf(phones.values()).forEach(TestPhone::onTick);
        registrar.sweep();
    }

    private void connect(TestPhone phone) {
        connecting.remove(phone);
        channels.put(phone, new Channel(phone, ++connections));
        phone.session().onConnected();
    }

    private void deliver(Transit next) {
        if (channels.get(next.phone).number != next.connection) {
            return;
        }
        boolean breaks = isCounted(next.message) && messages++ == planned.atMessage;
        history.add(next.phone.name() + (next.message instanceof ClientMessage ? " > " : " < ") + next.message);
        if (!breaks || planned.arrives) {
            arrive(next);
        }
        if (breaks) {
            breakConnection(next.phone);
        }
    }

    private static boolean isCounted(Object message) {
        return !(message instanceof ClientMessage.Ping
                || message instanceof RelayMessage.Pong
                || message instanceof ClientMessage.Watch
                || message instanceof RelayMessage.Contacts
                || message instanceof RelayMessage.Legs
                || message instanceof RelayMessage.Presence);
    }

    private void arrive(Transit next) {
        if (next.message instanceof RelayMessage message) {
            next.phone.session().onMessage(message);
        } else if (next.message instanceof ClientMessage.Hello hello) {
            registrar
                    .signIn(hello, fingerprint(next.phone.name()), channels.get(next.phone))
                    .ifPresent(session -> signedIn.put(next.phone, session));
        } else {
            registrar.onMessage(signedIn.get(next.phone), (ClientMessage) next.message);
        }
    }

    /** Breaks the connection of {@code phone}: whatever is on its way gets lost. */
    private void breakConnection(TestPhone phone) {
        history.add("-- the connection of " + phone.name() + " breaks");
        Channel broken = channels.get(phone);
        if (planned.ping) {
            // Sent before the phone could know what gets lost now.
            List<Transit> before = List.copyOf(transit);
            clock.advanceMs(10_000);
            phone.session().onTick();
            List.copyOf(transit).stream()
                    .filter(sent -> !before.contains(sent) && sent.message instanceof ClientMessage.Ping)
                    .forEach(this::arrive);
        }
        transit.removeIf(sent -> sent.phone == phone);
        channels.put(phone, new Channel(phone, ++connections));
        if (planned.relayNotices) {
            registrar.onDisconnected(signedIn.get(phone), broken);
        }
        away = planned.lasts ? phone : null;
        phone.session().onBroken();
    }

    /** Lets a phone that was away reconnect. */
    private void end() {
        away = null;
        settle();
        settle();
    }

    /** Carries out what a user does, as soon as it is possible: nobody answers a phone that does not ring. */
    private void act(String step) {
        String[] words = step.strip().split(" ");
        TestPhone phone = phones.get(words[0]);
        String other = words.length > 2 ? words[2] : "";
        if (words[1].equals("answers") || words[1].equals("rejects")) {
            if (!phone.isCalledBy(other)) {
                end();
            }
            assertThat(phone.isCalledBy(other))
                    .as("%s is called by %s: %s", words[0], other, phone.state())
                    .isTrue();
        }
        switch (words[1]) {
            case "dials" -> phone.dial(other);
            case "answers" -> phone.accept();
            case "rejects" -> phone.reject();
            case "hangs-up" -> phone.hangUp();
            case "and" -> {
                phone.dial(words[4]);
                phones.get(words[2]).dial(words[0]);
            }
            default -> throw new IllegalArgumentException(step);
        }
        phone.onTick();
    }

    private String play(String script, Break next) {
        restart(next);
        for (String step : script.split(";")) {
            act(step);
            settle();
        }
        end();
        List<String> states = new ArrayList<>();
        phones.values().stream()
                .filter(phone -> !phone.state().equals("idle"))
                .forEach(phone -> states.add(phone.name() + " " + phone.state()));
        return (states.isEmpty() ? "all idle" : String.join("; ", states)) + " | " + calls();
    }

    /** Returns the calls as the relay sees them, without their identifiers. */
    private String calls() {
        List<String> calls = new ArrayList<>();
        for (Call call : RegistrarCalls.of(registrar)) {
            calls.add(
                    switch (call.phase) {
                        case CONNECTED ->
                            call.caller.callerId() + "="
                                    + call.connected().callee.callerId();
                        case RINGING -> call.caller.callerId() + " rings " + call.target;
                        default ->
                            call.caller.callerId() + " " + call.phase.name().toLowerCase();
                    });
        }
        return calls.isEmpty() ? "no calls" : calls.stream().sorted().collect(Collectors.joining(", "));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            dora dials attic                                        | dora rings; attic called by dora, rings                 | dora rings attic
            dora dials attic; dora hangs-up                         | all idle                                                | no calls
            dora dials attic; attic rejects dora                    | all idle                                                | no calls
            dora dials attic; attic answers dora                    | dora talks to attic; attic talks to dora                | dora=attic
            dora dials attic; attic answers dora; dora hangs-up     | all idle                                                | no calls
            dora dials attic; attic answers dora; attic hangs-up    | all idle                                                | no calls
            dora dials bell                                         | dora waits                                              | dora waiting
            dora dials bell; dora hangs-up                          | all idle                                                | no calls
            dora dials bell; attic dials dora                       | dora waits, called by attic; attic rings                | attic rings dora, dora waiting
            dora dials bell; attic dials dora; dora answers attic   | dora talks to attic; attic talks to dora                | attic=dora
            dora dials attic; cellar dials attic                    | dora rings; attic called by cellar and dora, rings; cellar rings | cellar rings attic, dora rings attic
            dora dials attic; cellar dials attic; dora hangs-up     | attic called by cellar, rings; cellar rings             | cellar rings attic
            dora dials attic; attic answers dora; cellar dials attic | dora talks to attic; attic talks to dora, called by cellar; cellar rings | cellar rings attic, dora=attic
            dora dials attic; attic answers dora; cellar dials attic; attic rejects cellar | dora talks to attic; attic talks to dora | dora=attic
            dora dials attic; attic answers dora; cellar dials attic; attic answers cellar | attic talks to cellar; cellar talks to attic | cellar=attic
            dora dials attic; attic answers dora; cellar dials attic; dora hangs-up | attic called by cellar, rings; cellar rings | cellar rings attic
            dora dials attic; attic answers dora; cellar dials attic; attic answers cellar; cellar hangs-up | all idle | no calls
            dora and attic dial attic                               | dora talks to attic; attic talks to dora                | ?
            dora and attic dial attic; attic hangs-up               | ?                                                       | ?
            """)
    void shouldEndUpAsWithoutTheBreak(String script, String seen, String calls) {
        String expected = play(script, NEVER);
        assertThat(expected).matches(expected(seen, calls));
        int steps = messages;
        assertThat(steps).isPositive();
        List<String> wrong = new ArrayList<>();
        for (int at = 0; at < steps; at++) {
            for (int variant = 0; variant < VARIANTS; variant++) {
                Break next = new Break(
                        at, variant % 3 == 0, variant % 3 == 1, (at + variant) % 2 == 0, variant >= VARIANTS / 2);
                String actual = play(script, next);
                if (!actual.matches(expected(seen, calls))
                        || actual.startsWith("all idle") != actual.endsWith("no calls")) {
                    wrong.add(next + ": " + actual + "\n    " + String.join("\n    ", history));
                }
            }
        }
        assertThat(wrong).as("%d of %d", wrong.size(), steps * VARIANTS).isEmpty();
    }

    /** Returns the pattern of a result; {@code ?} stands for anything. */
    private static String expected(String seen, String calls) {
        return (seen.equals("?") ? ".*" : seen) + " \\| " + (calls.equals("?") ? ".*" : calls);
    }
}
