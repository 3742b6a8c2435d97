package voiptui.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import voiptui.event.Counters;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.Subscription;
import voiptui.net.IpText;
import voiptui.protocol.ClientMessage;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaFormat;
import voiptui.protocol.offer.MediaOffer;
import voiptui.protocol.offer.PacketFormat;
import voiptui.protocol.offer.SessionFeature;
import voiptui.relay.directory.AccessPolicy;
import voiptui.relay.directory.Directories;
import voiptui.relay.directory.Directory;
import voiptui.relay.directory.DirectorySettings;
import voiptui.relay.media.MediaTunnel;
import voiptui.relay.registrar.Registrar;
import voiptui.relay.registrar.RegistrarCalls;
import voiptui.relay.registrar.RegistrarConfig;
import voiptui.relay.session.SessionChannel;
import voiptui.testkit.ManualClock;

/**
 * A registrar driven by a script: {@code dora call 1 attic}, {@code attic accept 1 pcm}, {@code 60 s}. What it sends is
 * returned in the same form: {@code attic: incoming 1 dora opus,pcm}.
 *
 * <p>{@code attic/2} is another process with attic's certificate and name. Each process has a host of its own.
 */
public abstract class RegistrarFixture {

    static final int MAX_CLIENTS = 12;
    static final int UDP_PORT = 9999;
    static final String RELAY = "10.0.0.254";
    private static final Map<String, String> HOSTS = Map.of(
            "dora",
            "10.0.0.1",
            "attic",
            "10.0.0.2",
            "attic/2",
            "10.0.0.3",
            "cellar",
            "10.0.0.4",
            "bell",
            "10.0.0.5",
            "dora/2",
            "10.0.0.1",
            "dora/3",
            "10.0.0.9");

    final ManualClock clock = new ManualClock();
    final EventBus bus = new EventBus();
    private final Subscription subscription = bus.subscribe();
    private final List<Event> events = new ArrayList<>();
    final Counters counters = new Counters();
    private final List<String> sent = new ArrayList<>();
    private final Map<String, ClientSession> sessions = new LinkedHashMap<>();
    final Map<String, FakeChannel> channels = new LinkedHashMap<>();
    /** How many messages about calls each process has received in its session. */
    private final Map<String, Long> received = new LinkedHashMap<>();

    RecordingMediaPlane media;
    ClassicRegistry registry;
    Registrar registrar;

    @TempDir
    private Path stateDirs;

    /** What the relay's operator is told about the state directory. */
    final List<String> warnings = new ArrayList<>();

    private int starts;

    @BeforeEach
    final void startRelay() {
        startIn(newStateDir(), AccessPolicy.OPEN);
    }

    /** Returns a state directory that no relay has used before. */
    final Path newStateDir() {
        return stateDirs.resolve("state" + starts++);
    }

    /** Starts a relay that knows nothing but what is in its state directory. */
    final void start(RegistrarConfig config) {
        media = new RecordingMediaPlane();
        registry = new ClassicRegistry(config.maxClients(), 120_000, media, bus, counters, clock);
        registrar =
                new Registrar(config, registry, media, new RelayContext(bus, counters, clock, clock, new Random(1)));
        sessions.clear();
        channels.clear();
        received.clear();
    }

    /** Opens the names of a state directory; their files are read and written on the calling thread. */
    final Directory open(Path stateDir, AccessPolicy access) {
        return Directories.open(DirectorySettings.of(stateDir, access), warnings::add, clock, clock);
    }

    final void startIn(Path stateDir, AccessPolicy access) {
        start(new RegistrarConfig(MAX_CLIENTS, open(stateDir, access), UDP_PORT));
    }

    /** A connection that records what is sent through it. */
    final class FakeChannel implements SessionChannel {
        final String who;
        final InetSocketAddress remote;
        final List<RelayMessage> messages = new ArrayList<>();
        final MediaTunnel tunnel = datagram -> true;
        /** The lists of messages that were sent at once. */
        final List<List<RelayMessage>> batches = new ArrayList<>();

        boolean closed;
        /** Whether pages wait until {@link #takePage} is called. */
        boolean holdsPages;

        private Iterator<RelayMessage> pages = Collections.emptyIterator();
        /** Whether what is sent gets lost. */
        boolean losing;

        FakeChannel(String who, InetSocketAddress remote) {
            this.who = who;
            this.remote = remote;
        }

        @Override
        public void send(RelayMessage message) {
            assertThat(closed).as("sent to a closed connection").isFalse();
            messages.add(message);
            if (message.isAboutCall() && !losing) {
                received.merge(who, 1L, Long::sum);
            }
            String description = describe(message);
            if (!description.isEmpty()) {
                sent.add(who + ": " + description);
            }
        }

        @Override
        public void sendAll(List<RelayMessage> batch) {
            batches.add(batch);
            batch.forEach(this::send);
        }

        @Override
        public void sendPages(Iterator<RelayMessage> newPages) {
            pages = newPages;
            while (!holdsPages && takePage()) {
                // until all is sent
            }
        }

        /** Sends the next page; returns whether there was one. */
        boolean takePage() {
            boolean more = pages.hasNext();
            if (more) {
                send(pages.next());
            }
            return more;
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public InetSocketAddress remote() {
            return remote;
        }

        @Override
        public InetAddress local() {
            return ip(RELAY);
        }

        @Override
        public MediaTunnel tunnel() {
            return tunnel;
        }

        <T extends RelayMessage> List<T> all(Class<T> type) {
            return messages.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    /** Runs a script; its steps are separated by {@code ;}. */
    final void play(String script) {
        for (String step : script.split(";")) {
            if (!step.isBlank()) {
                act(step.strip().split("\\s+"));
            }
        }
    }

    /** Runs a script and returns what was sent meanwhile. */
    final String sentBy(String script) {
        sent.clear();
        play(script);
        return String.join("; ", sent);
    }

    /** Does something besides a script, and returns what was sent meanwhile. */
    final String sentBy(String script, Runnable happening) {
        sent.clear();
        play(script);
        happening.run();
        return String.join("; ", sent);
    }

    private void act(String[] words) {
        if (words.length == 2 && words[1].equals("s")) {
            pass(Integer.parseInt(words[0]));
        } else if (words[0].equals("classic")) {
            actAsClassic(words);
        } else if (words[0].equals("relay")) {
            startRelay();
        } else {
            actAsClient(words[0], words);
        }
    }

    /** {@code classic HOST/PORT wants HOST}, or {@code classic HOST leaves}; {@code @dora} stands for dora's host. */
    private void actAsClassic(String[] words) {
        String[] hostAndPort = words[1].split("/");
        InetAddress host = ip(resolve(hostAndPort[0]));
        if (words[2].equals("wants")) {
            registry.hello(
                    new InetSocketAddress(host, Integer.parseInt(hostAndPort[1])), ip(RELAY), ip(resolve(words[3])));
        } else {
            registry.disconnect(host);
        }
    }

    private void actAsClient(String who, String[] words) {
        String id = words.length > 2 ? idOf(words[2]) : "";
        switch (words[1]) {
            case "in" ->
                signIn(
                        who,
                        words.length == 2 || !words[2].equals("quiet"),
                        words.length == 2 || !words[2].equals("new") ? MediaFeatures.ALL : SessionFeature.announced());
            case "heard" -> sessions.get(who).flow().status.onHeard(clock.nanoTime(), 100, false);
            case "loses" -> channels.get(who).losing = true;
            case "pings" -> ping(who, sessions.get(who));
            case "drops" -> registrar.onDisconnected(sessions.get(who), close(who));
            case "hangs" -> close(who);
            case "call" -> tell(who, new ClientMessage.Call(id, resolve(words[3]), offer(words, 4)));
            case "accept" -> tell(who, new ClientMessage.Accept(id, offer(words, 3)));
            case "reject" -> tell(who, new ClientMessage.Reject(id));
            case "hangup" -> tell(who, new ClientMessage.Hangup(id));
            case "rejoin" ->
                tell(
                        who,
                        new ClientMessage.Rejoin(
                                id,
                                resolve(words[3]),
                                new MediaFormat(
                                        MediaCodec.of(words[4]).orElseThrow(),
                                        PacketFormat.of(words[5].replaceFirst("\\+.*", ""))
                                                .orElseThrow(),
                                        features(words[5]))));
            case "watch" -> tell(who, new ClientMessage.Watch());
            case "tunnel" -> tell(who, new ClientMessage.Media(ClientMessage.Media.TCP, Long.parseLong(words[2])));
            case "bye" -> tell(who, new ClientMessage.Bye());
            default -> throw new IllegalArgumentException(String.join(" ", words));
        }
    }

    private FakeChannel close(String who) {
        channels.get(who).closed = true;
        return channels.get(who);
    }

    /** Lets seconds pass, in which every connected client sends a ping each second. */
    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.advanceMs(1_000);
            sessions.forEach((who, session) -> {
                if (!channels.get(who).closed) {
                    ping(who, session);
                }
            });
            registrar.sweep();
            registry.sweep();
        }
    }

    private void ping(String who, ClientSession session) {
        registrar.onMessage(session, new ClientMessage.Ping(1, received.getOrDefault(who, 0L)));
    }

    final Optional<ClientSession> signIn(String who, boolean answers) {
        return signIn(who, answers, MediaFeatures.ALL);
    }

    private Optional<ClientSession> signIn(String who, boolean answers, MediaFeatures features) {
        return signIn(who, nameOf(who), fingerprint(nameOf(who)), hostOf(who), answers, features);
    }

    /** Signs in the process {@code who}, which knows no session features. */
    final Optional<ClientSession> signIn(String who, String name, String fingerprint, String host, boolean answers) {
        return signIn(who, name, fingerprint, host, answers, MediaFeatures.ALL);
    }

    /** Signs in the process {@code who}, from a port that no earlier connection had. */
    private Optional<ClientSession> signIn(
            String who, String name, String fingerprint, String host, boolean answers, MediaFeatures features) {
        FakeChannel channel =
                new FakeChannel(who, new InetSocketAddress(ip(host), 40_000 + (int) (clock.elapsedMs() % 10_000)));
        String instance = String.format("%016x", who.hashCode() & 0xffffffffL);
        Optional<ClientSession> session = registrar.signIn(
                new ClientMessage.Hello(
                        ClientMessage.VERSION, name, instance, answers, features, received.getOrDefault(who, 0L), 0),
                fingerprint,
                channel);
        channels.put(who, channel);
        session.ifPresent(in -> sessions.put(who, in));
        return session;
    }

    final void tell(String who, ClientMessage message) {
        registrar.onMessage(sessions.get(who), message);
    }

    final ClientSession session(String who) {
        return sessions.get(who);
    }

    /** Returns the newest connection of that process. */
    final FakeChannel channel(String who) {
        return channels.get(who);
    }

    /** Returns the state of all calls and checks the media pairs: {@code 1 ringing at attic}, {@code 1 connected dora=attic opus rtp}. */
    final String state() {
        List<String> states = new ArrayList<>();
        int connected = 0;
        for (Call call : RegistrarCalls.of(registrar)) {
            String id = call.caller instanceof ClassicClient ? "c" : shortId(call.id);
            switch (call.phase) {
                case CONNECTED -> {
                    connected++;
                    assertThat(media.peers.get(call.caller.flow()))
                            .isSameAs(call.connected().callee.flow());
                    states.add(id + " connected " + call.caller.callerId() + "="
                            + call.connected().callee.callerId() + " "
                            + describe(call.connected().format));
                }
                case RINGING ->
                    states.add(id + " ringing at "
                            + call.ringing.stream().map(this::who).collect(Collectors.joining(",")));
                default -> states.add(id + " " + call.phase.name().toLowerCase());
            }
        }
        long classicPairs = registry.clients().stream()
                        .filter(client -> client.peer() != null)
                        .count()
                / 2;
        assertThat(media.peers).hasSize(2 * connected + 2 * (int) classicPairs);
        assertThat(media.open).hasSize(registrar.size() + registry.size());
        return states.isEmpty() ? "-" : String.join(", ", states);
    }

    private String who(ClientSession session) {
        return sessions.entrySet().stream()
                .filter(entry -> entry.getValue() == session)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    final List<Event> events() {
        for (Event event = subscription.poll(); event != null; event = subscription.poll()) {
            events.add(event);
        }
        return events;
    }

    final <T extends Event> List<T> events(Class<T> type) {
        return events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    public static String fingerprint(String name) {
        return "SHA256:" + String.format("%-43s", name).replaceAll("[^A-Za-z0-9]", "x");
    }

    static String hostOf(String process) {
        return HOSTS.get(process);
    }

    /** Returns the address of dora's host for {@code @dora}; any other word unchanged. */
    private static String resolve(String word) {
        return word.startsWith("@") ? HOSTS.getOrDefault(word.substring(1), word.substring(1)) : word;
    }

    private static String nameOf(String who) {
        return who.replaceFirst("/.*", "");
    }

    /** Returns the id for a word: {@code c} is the first call by a classic client. */
    private String idOf(String word) {
        return !word.equals("c")
                ? id(word)
                : RegistrarCalls.of(registrar).stream()
                        .filter(call -> call.caller instanceof ClassicClient)
                        .findFirst()
                        .orElseThrow()
                        .id;
    }

    static String id(String number) {
        return number.length() == 32 ? number : "0".repeat(32 - number.length()) + number;
    }

    static String shortId(String id) {
        return id.startsWith("0000") ? id.replaceFirst("^0+", "") : "c";
    }

    /** Returns the offer of codecs and features: {@code opus,pcm+red+xr}. */
    private static MediaOffer offer(String[] words, int from) {
        String offer = words.length <= from ? "opus,pcm" : words[from];
        return new MediaOffer(
                Arrays.stream(offer.replaceFirst("\\+.*", "").split(","))
                        .map(word -> MediaCodec.of(word).orElseThrow())
                        .toList(),
                features(offer));
    }

    /** Returns the features of {@code rtp+red+xr}. */
    private static MediaFeatures features(String text) {
        return new MediaFeatures(Arrays.stream(text.split("\\+")).skip(1).toList());
    }

    private static String describe(MediaFeatures features) {
        return features.names().stream().map(name -> "+" + name).collect(Collectors.joining());
    }

    private static String describe(MediaFormat format) {
        return format.codec().wire() + " " + format.packets().wire() + describe(format.features());
    }

    private static String describe(RelayMessage message) {
        if (message instanceof RelayMessage.Progress progress) {
            return "progress " + shortId(progress.call()) + " "
                    + progress.state().name().toLowerCase();
        } else if (message instanceof RelayMessage.Incoming incoming) {
            return "incoming " + shortId(incoming.call()) + " " + incoming.from() + " "
                    + incoming.offer().codecs().stream().map(MediaCodec::wire).collect(Collectors.joining(","))
                    + describe(incoming.offer().features());
        } else if (message instanceof RelayMessage.Connected connected) {
            return Stream.of(
                            "connected",
                            shortId(connected.call()),
                            connected.peer(),
                            describe(connected.format()),
                            connected.replaces() == null ? null : "replaces " + shortId(connected.replaces()))
                    .filter(word -> word != null)
                    .collect(Collectors.joining(" "));
        } else if (message instanceof RelayMessage.Ended ended) {
            return "ended " + shortId(ended.call()) + " " + ended.reason().wire();
        } else if (message instanceof RelayMessage.Missed missed) {
            return "missed " + missed.from();
        } else if (message instanceof RelayMessage.Error error) {
            return "error " + error.code().wire();
        }
        return "";
    }

    static InetAddress ip(String text) {
        return IpText.parse(text).orElseThrow();
    }
}
