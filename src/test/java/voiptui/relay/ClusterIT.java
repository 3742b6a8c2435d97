package voiptui.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.event.Subscription;
import voiptui.identity.Fingerprint;
import voiptui.identity.RelayIdentity;
import voiptui.relay.cluster.ClusterConfig;
import voiptui.relay.cluster.node.ClusterAddresses;
import voiptui.testkit.Deadline;
import voiptui.testkit.Ports;
import voiptui.testkit.V2Identity;
import voiptui.testkit.V2Media;
import voiptui.testkit.V2Peer;
import voiptui.time.NanoClock;

/** Relays that work together, on the real library: calls across, a relay that dies, and strangers. */
class ClusterIT {

    private static final long JOIN_MS = 30_000;
    private static final long PATIENCE_MS = 10_000;

    @TempDir
    private Path folder;

    private final List<Node> nodes = new ArrayList<>();
    private final List<V2Peer> phones = new ArrayList<>();

    /** A relay of the cluster, and its log. */
    private final class Node {
        final String ip;
        final Path stateDir;
        final EventBus bus = new EventBus();
        final Subscription events = bus.subscribe();
        final List<RelayEvent> log = new ArrayList<>();
        final InetSocketAddress listen;
        final Fingerprint fingerprint;
        Relay relay;

        Node(int number) throws IOException {
            ip = "127.0.0." + (10 + number);
            stateDir = folder.resolve("relay" + number);
            listen = new InetSocketAddress(ip, Ports.free(ip));
            fingerprint = RelayIdentity.loadOrCreate(RelayIdentity.fileIn(stateDir), warning -> {})
                    .identity()
                    .fingerprint();
        }

        Node start(List<InetSocketAddress> others, Set<Fingerprint> allowed) throws IOException {
            relay = Relay.start(
                    RelayConfig.onFreePorts(InetAddress.getByName(ip), stateDir)
                            .inCluster(new ClusterConfig(new ClusterAddresses(listen, others), allowed)),
                    bus,
                    NanoClock.SYSTEM);
            nodes.add(this);
            return this;
        }

        V2Peer phone(V2Identity identity, String name) throws IOException {
            V2Peer phone = V2Peer.signIn("127.0.0.1", relay.controlAddress(), identity, name);
            phones.add(phone);
            return phone;
        }

        List<RelayEvent> log() {
            for (var event = events.poll(); event != null; event = events.poll()) {
                if (event instanceof RelayEvent known) {
                    log.add(known);
                }
            }
            return log;
        }

        void awaitReached(Node other) {
            Deadline.require(
                    JOIN_MS,
                    () -> ip + " to reach " + other.ip + ": " + log(),
                    () -> log().stream()
                            .anyMatch(event -> event instanceof RelayEvent.RelayReached reached
                                    && reached.fingerprint().equals(other.fingerprint.text())));
        }
    }

    @AfterEach
    void stop() {
        phones.forEach(V2Peer::close);
        nodes.forEach(node -> node.relay.close());
    }

    private List<Node> cluster(int size) throws IOException {
        List<Node> made = new ArrayList<>();
        List<InetSocketAddress> all = new ArrayList<>();
        Set<Fingerprint> allowed = new HashSet<>();
        for (int i = 0; i < size; i++) {
            Node node = new Node(i);
            made.add(node);
            all.add(node.listen);
            allowed.add(node.fingerprint);
        }
        for (Node node : made) {
            node.start(all, allowed);
        }
        for (Node one : made) {
            for (Node other : made) {
                if (one != other) {
                    one.awaitReached(other);
                }
            }
        }
        return made;
    }

    private static void assertMediaPasses(V2Peer from, V2Peer to, String what) {
        V2Media sender = from.media();
        V2Media receiver = to.media();
        byte[] packet = (what + " ".repeat(40)).getBytes(StandardCharsets.US_ASCII);
        boolean[] arrived = {false};
        Deadline.require(PATIENCE_MS, () -> "media " + what, () -> {
            sender.send(packet);
            for (var got = receiver.receive(100); got.isPresent(); got = receiver.receive(0)) {
                arrived[0] |= Arrays.equals(got.get(), packet);
            }
            return arrived[0];
        });
    }

    private static String fingerprintOf(JsonObject message) {
        return message.has("fingerprint") ? message.get("fingerprint").getAsString() : "";
    }

    @Test
    void shouldCarryCallsBetweenRelaysAndOnWhenOneDies() throws IOException {
        List<Node> relays = cluster(3);
        V2Identity doras = V2Identity.create("dora");
        V2Identity bens = V2Identity.create("ben");
        V2Peer dora = relays.get(0).phone(doras, "dora");
        dora.say("watch");
        dora.await("contacts");
        V2Peer ben = relays.get(1).phone(bens, "ben");
        dora.await(
                "presence",
                seen -> seen.toString().contains("\"ben\"") && seen.toString().contains("\"online\":true"));

        String call = dora.call("ben", "pcm");
        dora.await("progress", progress -> progress.get("state").getAsString().equals("ringing"));
        JsonObject incoming = ben.await("incoming");
        assertThat(incoming.get("from").getAsString()).isEqualTo("dora");
        assertThat(fingerprintOf(incoming)).isEqualTo(doras.fingerprint());
        ben.say("accept", "call", call, "codecs", List.of("pcm"));
        dora.await("connected");
        ben.await("connected");
        dora.media().activate();
        ben.media().activate();
        assertMediaPasses(dora, ben, "there");
        assertMediaPasses(ben, dora, "back");

        relays.get(0).relay.close();
        dora.awaitEnd(PATIENCE_MS);
        V2Peer moved = V2Peer.connect("127.0.0.1", relays.get(2).relay.controlAddress(), doras);
        phones.add(moved);
        moved.hello("dora");
        moved.say("rejoin", "call", call, "peer", "ben", "codec", "pcm", "packets", "rtp");
        moved.await("connected");
        moved.media().activate();
        assertMediaPasses(moved, ben, "around");
        assertMediaPasses(ben, moved, "and back");
        ben.say("hangup", "call", call);
        assertThat(moved.await("ended").get("reason").getAsString()).isEqualTo("hung-up");
    }

    @Test
    void shouldKeepStrangersOutAndNamesWithTheirFirstOwner() throws IOException {
        List<Node> relays = cluster(2);
        Node first = relays.get(0);
        Node stranger = new Node(7).start(List.of(first.listen), Set.of(first.fingerprint));
        V2Peer dora = first.phone(V2Identity.create("dora"), "dora");
        dora.ping();

        Deadline.require(
                JOIN_MS,
                () -> "refusal: " + first.log(),
                () -> first.log().stream()
                        .anyMatch(event -> event instanceof RelayEvent.RelayRefused refused
                                && refused.fingerprint().equals(stranger.fingerprint.text())));
        assertThat(stranger.log()).noneMatch(RelayEvent.RelayReached.class::isInstance);
        Deadline.require(PATIENCE_MS, () -> "dora's name at the other relay", () -> {
            try (V2Peer impostor =
                    V2Peer.connect("127.0.0.1", relays.get(1).relay.controlAddress(), V2Identity.create("mallory"))) {
                impostor.say("hello", "version", 2, "name", "dora", "instance", impostor.instance(), "answers", true);
                impostor.await(
                        2_000, "error", error -> error.get("code").getAsString().equals("name-taken"));
                return true;
            } catch (IOException | AssertionError notYet) {
                return false;
            }
        });
    }
}
