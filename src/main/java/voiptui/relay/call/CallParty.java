package voiptui.relay.call;

import java.net.InetAddress;
import voiptui.protocol.RelayMessage;
import voiptui.relay.media.Flow;

/** One side of a call: a station of the second protocol or a classic client. Owned by the control thread. */
sealed interface CallParty permits ClientSession, ClassicClient {

    /** Its half of the media path. */
    Flow flow();

    /** The address that it is known at. */
    InetAddress address();

    /** What the other side knows it by: a station's name, a classic client's address. */
    String callerId();

    /** Whether it could be connected at this moment. */
    boolean isThere();

    /** Whom it talks with across the protocols or within the second one; {@code null} while there is nobody. */
    Call talk();

    /** Notes whom it talks with. */
    void setTalk(Call call);

    /** Says something, if it can be told anything. */
    void say(RelayMessage message);
}
