package voiptui.e2e;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import voiptui.audio.AudioLostException;
import voiptui.audio.AudioSink;
import voiptui.audio.FramePacer;
import voiptui.audio.NullSink;
import voiptui.audio.PcmFormat;
import voiptui.call.CallOptions;
import voiptui.call.EncryptionPolicy;
import voiptui.call.EncryptionPolicy.ChangedPeers;
import voiptui.event.CallEvent;
import voiptui.event.Command;
import voiptui.event.Counter;
import voiptui.event.EndReason;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.SessionEvent;
import voiptui.event.Subscription;
import voiptui.event.VoiceEvent;
import voiptui.identity.Identity;
import voiptui.identity.KnownRelays;
import voiptui.media.MediaConfig;
import voiptui.media.MediaEnvironment;
import voiptui.media.device.DeviceRequest;
import voiptui.media.device.OpenedDevice;
import voiptui.media.device.SystemDevices;
import voiptui.net.HostAddresses;
import voiptui.net.IpText;
import voiptui.phone.AnonymousCallers;
import voiptui.phone.PhoneAudio;
import voiptui.phone.PhoneConfig;
import voiptui.phone.PhoneSession;
import voiptui.phone.peers.BlockList;
import voiptui.phone.peers.FavoriteStore;
import voiptui.phone.peers.PeerFiles;
import voiptui.phone.peers.PeerStore;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaOffer;
import voiptui.session.SessionConfig;
import voiptui.testkit.Deadline;
import voiptui.testkit.Sounds;
import voiptui.time.NanoClock;

/**
 * A whole phone of the program in the test's own process, with real sockets and sound in real time, whose events, sound, known peers
 * and keys the test sees.
 */
final class InProcessPhone implements AutoCloseable {

    static final PcmFormat FORMAT = PcmFormat.OPUS;

    private static final long SOON_MS = 20_000;

    /** Whom a phone knows; kept by the test. */
    static final class Peers implements PeerStore {

        private final Map<String, Peer> peers = new ConcurrentHashMap<>();

        @Override
        public List<Peer> known() {
            return List.copyOf(peers.values());
        }

        @Override
        public List<Peer> read() {
            return known();
        }

        @Override
        public void put(Peer peer) {
            peers.put(peer.name(), peer);
        }

        /** Makes a phone know somebody, as verified. */
        Peers with(String name, Identity identity) {
            put(new Peer(name, identity.fingerprint().text(), true));
            return this;
        }

        /** Returns the fingerprint that is known; null: none. */
        @Nullable
        String of(String name) {
            Peer peer = peers.get(name);
            return peer == null ? null : peer.fingerprint();
        }
    }

    /**
     * A person.
     *
     * @param peers whom they know
     * @param policy what they demand
     */
    record User(String name, Identity identity, Peers peers, EncryptionPolicy policy) {

        /** Somebody who knows nobody and is not there to be asked, as with {@code --json}. */
        static User named(String name) {
            return new User(name, Identity.create(), new Peers(), new EncryptionPolicy(false, ChangedPeers.REFUSE));
        }

        User with(EncryptionPolicy other) {
            return new User(name, identity, peers, other);
        }

        String fingerprint() {
            return identity.fingerprint().text();
        }
    }

    private final PhoneSession phone;
    private final EventBus bus = new EventBus();
    private final Subscription subscription = bus.subscribe();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Ear ear = new Ear();
    private final Thread reader = new Thread(this::read, "test-events");
    private volatile boolean closed;

    private InProcessPhone(
            User user, InetSocketAddress relay, Path folder, @Nullable String target, String microphone) {
        NanoClock clock = NanoClock.SYSTEM;
        SessionConfig session = new SessionConfig(
                new SessionConfig.Endpoint(IpText.of(relay), HostAddresses.of(relay), relay.getAddress(), 0, 0),
                new SessionConfig.Timing(3, 5_000, 0),
                new SessionConfig.Credentials(
                        user.name, target == null, user.identity, new KnownRelays(folder.resolve(user.name)), true));
        PhoneConfig config = new PhoneConfig(
                target == null,
                target == null,
                target,
                new CallOptions(
                        new MediaOffer(List.of(MediaCodec.OPUS), MediaFeatures.ALL, user.fingerprint()),
                        3,
                        0,
                        0,
                        false,
                        user.policy),
                new MediaConfig(new MediaConfig.Delay(200, 800)),
                AnonymousCallers.RING,
                new PeerFiles(BlockList.NONE, user.peers, FavoriteStore.NONE));
        SystemDevices devices = new SystemDevices(FORMAT, false, clock);
        PhoneAudio audio = new PhoneAudio(
                OpenedDevice.later(devices.microphone(microphone)),
                OpenedDevice.later(new DeviceRequest<>("ear", () -> ear.listen(), false, false)),
                null,
                MediaEnvironment.here(devices));
        phone = new PhoneSession(config, session, audio, bus, clock, System::currentTimeMillis);
        reader.setDaemon(true);
        reader.start();
        phone.start();
    }

    /** Starts a phone that answers each call, and waits until it is signed in. */
    static InProcessPhone answering(User user, InetSocketAddress relay, Path folder, String microphone) {
        InProcessPhone phone = new InProcessPhone(user, relay, folder, null, microphone);
        phone.await(SessionEvent.SignedIn.class);
        return phone;
    }

    /** Starts a phone that calls {@code target}, and ends with that call. */
    static InProcessPhone calling(User user, String target, InetSocketAddress relay, Path folder, String microphone) {
        return new InProcessPhone(user, relay, folder, target, microphone);
    }

    private void read() {
        while (!closed) {
            Event event = subscription.poll(20);
            if (event != null) {
                events.add(event);
            }
        }
    }

    /** Returns all events of a type so far. */
    <E extends Event> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Waits for the first event of a type. */
    <E extends Event> E await(Class<E> type) {
        return await(type, event -> true);
    }

    /** Waits for the first event of a type that {@code wanted} accepts; it may have been published before. */
    <E extends Event> E await(Class<E> type, Predicate<E> wanted) {
        List<E> found = new ArrayList<>();
        Deadline.require(SOON_MS, () -> type.getSimpleName() + " of " + this, () -> {
            all(type).stream().filter(wanted).findFirst().ifPresent(found::add);
            return !found.isEmpty();
        });
        return found.get(0);
    }

    /** Waits for the end of the call. */
    CallEvent.Summary awaitSummary() {
        return await(CallEvent.Summary.class);
    }

    /** Returns the latest total that was published. */
    long count(Counter counter) {
        List<CallEvent.Totals> totals = all(CallEvent.Totals.class);
        return totals.isEmpty() ? 0 : totals.get(totals.size() - 1).counters().get(counter);
    }

    /** Waits until {@code counter} is that high. */
    void awaitCount(Counter counter, long atLeast) {
        Deadline.require(SOON_MS, () -> counter + " is " + count(counter), () -> count(counter) >= atLeast);
    }

    /** Returns what the speaker has played so far. */
    short[] heard() {
        return ear.sound();
    }

    /** Returns the loudest sample that the speaker has played so far. */
    int peak() {
        int peak = 0;
        for (short sample : heard()) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    void command(Command command) {
        phone.command(command);
    }

    void hangUp() {
        phone.hangUp(EndReason.QUIT);
    }

    /** Returns the phone, for {@code KeyLog} to look into. */
    PhoneSession session() {
        return phone;
    }

    @Override
    public String toString() {
        return "a phone with the events "
                + events.stream()
                        .filter(event -> !(event instanceof CallEvent.Totals)
                                && !(event instanceof CallEvent.NetworkStats)
                                && !(event instanceof CallEvent.PlayoutDelay)
                                && !(event instanceof CallEvent.MicLevel)
                                && !(event instanceof CallEvent.SpeakerLevel)
                                && !event.getClass().getEnclosingClass().equals(VoiceEvent.class))
                        .map(Object::toString)
                        .collect(Collectors.joining("\n  "));
    }

    @Override
    public void close() throws InterruptedException {
        hangUp();
        phone.awaitEnd();
        closed = true;
        reader.join();
        List<CallEvent.Failed> bugs = all(CallEvent.Failed.class);
        if (!bugs.isEmpty()) {
            throw new AssertionError("a thread of the phone has failed: " + bugs);
        }
    }

    /** A speaker in real time that remembers what it plays. */
    private static final class Ear {

        private final List<short[]> frames = new CopyOnWriteArrayList<>();

        AudioSink listen() {
            NullSink paced = new NullSink(new FramePacer(FORMAT, NanoClock.SYSTEM));
            return new AudioSink() {
                @Override
                public void awaitRoom() throws AudioLostException {
                    paced.awaitRoom();
                }

                @Override
                public void write(short[] frame) throws AudioLostException {
                    paced.write(frame);
                    frames.add(frame.clone());
                }

                @Override
                public void drain() {
                    // nothing lies in between
                }

                @Override
                public String name() {
                    return "ear";
                }

                @Override
                public void close() {
                    paced.close();
                }
            };
        }

        short[] sound() {
            return Sounds.join(List.copyOf(frames));
        }
    }
}
