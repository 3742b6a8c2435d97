package voiptui.e2e;

import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import voiptui.crypto.MediaSecurity;
import voiptui.crypto.MediaSecurity.Role;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.identity.Identity;
import voiptui.media.secure.SecureMedia;
import voiptui.net.DatagramHandler;
import voiptui.net.DatagramSender;
import voiptui.testkit.Interference;
import voiptui.testkit.ScriptedRelay;
import voiptui.time.NanoClock;

/**
 * A relay that terminates the encryption of both sides with certificates of its own, listens, and encrypts what it heard for the
 * other side. It may show its own fingerprints in place of those of the two phones.
 */
final class ManInTheMiddle implements Interference, AutoCloseable {

    private final ScriptedRelay relay;
    private final Map<String, Leg> legs;
    private final List<byte[]> heard = new CopyOnWriteArrayList<>();

    /**
     * What it does to one of the two.
     *
     * @param role its role in the handshake with them
     * @param swapsAnnounced whether it shows its fingerprint with the incoming call
     * @param swapsConnected whether it shows its fingerprint when the call is connected
     */
    record Towards(InProcessPhone.User victim, Role role, boolean swapsAnnounced, boolean swapsConnected) {}

    /** Its end of the call with one of the two. */
    private final class Leg implements SecureMedia.Owner {
        final Towards towards;
        final Identity identity = Identity.create();
        final SecureMedia secure;
        final DatagramSender sender;
        final DatagramHandler handler;
        volatile Leg other;

        Leg(Towards towards) {
            this.towards = towards;
            secure = new SecureMedia(identity, this::toVictim, new EventBus(), new Counters(), NanoClock.SYSTEM, this);
            sender = secure.sender();
            handler = secure.handler(new DatagramHandler() {
                @Override
                public void onDatagram(ByteBuffer plain, long arrivalNs) {
                    heard.add(copy(plain));
                    other.sender.send(plain);
                }

                @Override
                public void onRefused() {}
            });
        }

        private int toVictim(ByteBuffer datagram) {
            relay.inject(towards.victim.name(), copy(datagram));
            return datagram.remaining();
        }

        void begin() {
            secure.use(new MediaSecurity(towards.role, towards.victim.fingerprint()));
        }

        @Override
        public void onKeys() {}

        @Override
        public void uncaughtException(Thread thread, Throwable bug) {
            bug.printStackTrace();
        }
    }

    /** Gets in between; the call begins later. */
    ManInTheMiddle(ScriptedRelay relay, Towards one, Towards two) {
        this.relay = relay;
        Leg first = new Leg(one);
        Leg second = new Leg(two);
        first.other = second;
        second.other = first;
        legs = Map.of(one.victim.name(), first, two.victim.name(), second);
        relay.interfere(this);
    }

    private static byte[] copy(ByteBuffer datagram) {
        byte[] copy = new byte[datagram.remaining()];
        datagram.get(datagram.position(), copy);
        return copy;
    }

    /** Returns the fingerprint that it shows to {@code victim}. */
    String shownTo(InProcessPhone.User victim) {
        return legs.get(victim.name()).identity.fingerprint().text();
    }

    /** Returns the packets that it has decrypted. */
    List<byte[]> heard() {
        return new ArrayList<>(heard);
    }

    @Override
    public JsonObject tell(String to, JsonObject message) {
        Leg leg = legs.get(to);
        String type = message.get("type").getAsString();
        boolean swaps = type.equals("incoming") ? leg.towards.swapsAnnounced : leg.towards.swapsConnected;
        if (swaps && message.has("fingerprint")) {
            message.addProperty("fingerprint", leg.identity.fingerprint().text());
        }
        if (type.equals("connected")) {
            leg.begin();
        }
        return message;
    }

    @Override
    public List<byte[]> carry(String from, byte[] datagram) {
        legs.get(from).handler.onDatagram(ByteBuffer.wrap(datagram), System.nanoTime());
        return List.of();
    }

    @Override
    public void close() {
        legs.values().forEach(leg -> leg.secure.close());
    }
}
