package voiptui.session;

import org.jspecify.annotations.Nullable;
import voiptui.net.DatagramHandler;
import voiptui.net.DatagramSender;

/** The media path of a session: UDP, or the TLS connection when UDP does not carry it. */
public interface MediaPath extends DatagramSender {

    /**
     * Delivers incoming datagrams to {@code handler} from now on. Any thread; the previous handler may still be processing a
     * datagram when this returns.
     *
     * @param handler null: discard incoming datagrams
     */
    void deliverTo(@Nullable DatagramHandler handler);

    /** Sets whether a call is in progress: the path is then monitored closely and repaired within two seconds. Any thread. */
    void setInCall(boolean inCall);

    /**
     * The peer reported what it has received of our media since its report before. If it receives nothing for seconds although
     * we send, another path is taken. Any thread.
     *
     * @param hearsUs whether anything arrived
     */
    void onPeerReport(boolean hearsUs);

    /** Returns the local UDP port; 0 if there is none yet. Any thread. */
    int localPort();
}
