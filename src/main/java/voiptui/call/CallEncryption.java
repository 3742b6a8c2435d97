package voiptui.call;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import voiptui.crypto.MediaSecurity;
import voiptui.event.CallEvent;
import voiptui.event.Encryption;
import voiptui.protocol.ClientName;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.MediaFeature;
import voiptui.protocol.offer.MediaFormat;
import voiptui.protocol.offer.PacketFormat;

/**
 * Whether a call is encrypted end to end, and with whom: compares the fingerprint that the relay shows with the one that is known
 * (trust on first use), and remembers it once the other side has proved that it has the key.
 *
 * <p>Passive. Owned by the call's thread.
 */
final class CallEncryption {

    /** Stands for the fingerprint of a call that is not encrypted. */
    private static final String UNENCRYPTED = "";

    /** What follows from a fingerprint. */
    enum Verdict {
        /** The call may be connected. */
        CONNECT,
        /** The user has to say so; {@link #accept}. */
        ASK,
        /** The fingerprint has changed, and the user wants no such call. */
        REFUSE_CHANGED,
        /** The call would not be encrypted, and the user wants no such call. */
        REFUSE_UNENCRYPTED
    }

    private final EncryptionPolicy policy;
    private final PeerIdentities peers;
    private final Consumer<CallEvent> events;

    /** The name that the peer is known by. */
    private String peer = "";
    /** The fingerprint that the relay announced before the user answered; null: none, or the call was not to be encrypted. */
    private @Nullable String announced;
    /**
     * The fingerprint that needs no question, or {@link #UNENCRYPTED}: the user has accepted it, or the call was connected with
     * it before.
     */
    private @Nullable String accepted;
    /** The fingerprint that the relay shows in the connected call; null: the call is not encrypted. */
    private @Nullable String shown;
    /** The fingerprint that the user is asked about, or {@link #UNENCRYPTED}; null: none. */
    private @Nullable String asked;
    /** The last state that was published; null: the call is not connected. */
    private CallEvent.@Nullable EncryptionChanged state;

    private boolean readsFirst;

    /** Creates the encryption of a call that is not connected. */
    CallEncryption(EncryptionPolicy policy, PeerIdentities peers, Consumer<CallEvent> events) {
        this.policy = policy;
        this.peers = peers;
        this.events = events;
    }

    /**
     * Expects a fingerprint: the relay announced it with an incoming call that the user answered.
     *
     * @param fingerprint the fingerprint, as text; null: the call was not to be encrypted
     * @param confirmed whether the user accepted that although another fingerprint is known
     */
    void expect(@Nullable String fingerprint, boolean confirmed) {
        announced = fingerprint;
        accepted = !confirmed ? null : fingerprint == null ? UNENCRYPTED : fingerprint;
    }

    /**
     * Judges a call that the relay connects.
     *
     * @param target whom this side called, or who called it
     * @param format what the two sides agreed on
     * @param isOwner whether this side placed the call that is connected
     */
    Verdict judge(String target, RelayMessage.Connected news, MediaFormat format, boolean isOwner) {
        // Whoever was called by name is looked up by that name, whatever the relay calls them now.
        peer = ClientName.parse(target).orElse(news.peer());
        readsFirst = isOwner;
        boolean bothCan = format.features().contains(MediaFeature.DTLS_SRTP);
        String before = shown;
        shown = bothCan ? news.fingerprint() : null;
        String judged = shown == null ? UNENCRYPTED : shown;
        asked = judged.equals(asked) ? asked : null;
        if (shown == null) {
            state = new CallEvent.EncryptionChanged(whyNot(format, bothCan), peers.find(peer) != null);
            return policy.required() ? Verdict.REFUSE_UNENCRYPTED : judge(judged);
        }
        if (state == null || !shown.equals(before)) {
            state = changedTo(Encryption.PENDING, shown, null);
        }
        return judge(judged);
    }

    private static Encryption whyNot(MediaFormat format, boolean bothCan) {
        if (format.packets() == PacketFormat.CLASSIC) {
            return Encryption.CLASSIC;
        }
        return bothCan ? Encryption.OLD_RELAY : Encryption.OLD_PROGRAM;
    }

    private Verdict judge(String fingerprint) {
        PeerIdentities.Known known = peers.find(peer);
        boolean encrypted = !fingerprint.equals(UNENCRYPTED);
        String before = UNENCRYPTED.equals(accepted) ? null : accepted;
        String trusted = known != null ? known.fingerprint() : before != null ? before : announced;
        if (trusted == null || trusted.equals(fingerprint) || fingerprint.equals(accepted)) {
            accepted = encrypted ? fingerprint : accepted;
            return Verdict.CONNECT;
        }
        boolean asks = policy.changed() == EncryptionPolicy.ChangedPeers.ASK;
        if (!fingerprint.equals(asked)) {
            boolean wasVerified = known != null && known.verified();
            events.accept(new CallEvent.PeerChanged(peer, trusted, encrypted ? fingerprint : null, wasVerified, asks));
        }
        return switch (policy.changed()) {
            case ASK -> {
                asked = fingerprint;
                yield Verdict.ASK;
            }
            case REFUSE -> Verdict.REFUSE_CHANGED;
            case ACCEPT -> {
                accepted = fingerprint;
                yield Verdict.CONNECT;
            }
        };
    }

    /** The user accepts the fingerprint that they were asked about. */
    void accept() {
        accepted = asked;
        asked = null;
    }

    /** Returns how the media of the call that was judged is to be encrypted; null: not at all. */
    @Nullable
    MediaSecurity security() {
        return shown == null
                ? null
                : new MediaSecurity(readsFirst ? MediaSecurity.Role.ACTIVE : MediaSecurity.Role.PASSIVE, shown);
    }

    /** Returns the state of the call that was judged; null: none was. */
    CallEvent.@Nullable EncryptionChanged state() {
        return state;
    }

    /** The peer has proved that it has the key of the fingerprint that was shown: it is remembered. */
    void onKeys(String cipherSuite) {
        if (shown == null) {
            return;
        }
        PeerIdentities.Known known = peers.find(peer);
        boolean same = known != null && known.fingerprint().equals(shown);
        CallEvent.EncryptionChanged now = changedTo(Encryption.END_TO_END, shown, cipherSuite);
        if (!same) {
            peers.remember(peer, new PeerIdentities.Known(shown, false));
        }
        publish(now);
    }

    /** The two sides could not agree on keys. */
    void onFailed() {
        publish(new CallEvent.EncryptionChanged(Encryption.FAILED, peers.find(peer) != null));
    }

    /** The user has compared the words of an encrypted call: the peer is verified. Ignored if the call is not encrypted. */
    void verify() {
        if (shown != null && state != null && state.encryption() == Encryption.END_TO_END) {
            peers.remember(peer, new PeerIdentities.Known(shown, true));
            publish(changedTo(Encryption.END_TO_END, shown, state.cipherSuite()));
        }
    }

    private CallEvent.EncryptionChanged changedTo(
            Encryption encryption, String fingerprint, @Nullable String cipherSuite) {
        PeerIdentities.Known known = peers.find(peer);
        boolean isKnown = known != null && known.fingerprint().equals(fingerprint);
        boolean verified = isKnown && known != null && known.verified();
        return new CallEvent.EncryptionChanged(encryption, verified, fingerprint, cipherSuite, isKnown, readsFirst);
    }

    private void publish(CallEvent.EncryptionChanged next) {
        state = next;
        events.accept(next);
    }
}
