package voiptui.relay.call;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import voiptui.protocol.RelayMessage;
import voiptui.relay.admission.FairShare;
import voiptui.relay.media.Flow;

/** One side of a call: a v2 client, here or at another relay, or a classic client. Owned by the control thread. */
public sealed interface CallParty permits ClientSession, RemoteParty, ClassicClient {

    /** Returns this side's half of the media path. */
    Flow flow();

    /** Returns the address that this side is reached at. */
    InetAddress address();

    /** Returns what the other side is shown: a v2 client's name, a classic client's address. */
    String callerId();

    /** Returns the fingerprint of this side's certificate, as text; null: a classic client. */
    default @Nullable String fingerprint() {
        return null;
    }

    /** Returns whether this side could be connected now. */
    boolean isConnected();

    /** Returns the connected call with a v2 client on at least one side; null: none. */
    @Nullable
    Call activeCall();

    /** Sets the connected call; null: none. */
    void setActiveCall(@Nullable Call call);

    /** Sends a message, if this side can receive any. */
    void send(RelayMessage message);

    /** Returns what this side uses its place at the relay for. */
    default FairShare.Use use() {
        return activeCall() == null ? FairShare.Use.IDLE : FairShare.Use.IN_CALL;
    }

    /** Returns whether this side could be connected now and is in no call. */
    default boolean isAvailable() {
        return isConnected() && activeCall() == null;
    }

    /** Returns whether both are the same, or v2 clients of the same name. */
    default boolean isSameUser(CallParty other) {
        return this == other
                || !(this instanceof ClassicClient)
                        && !(other instanceof ClassicClient)
                        && callerId().equals(other.callerId());
    }
}
