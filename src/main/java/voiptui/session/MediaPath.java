package voiptui.session;

import java.util.function.Supplier;
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

    /**
     * What the two ends of a call have lost in all, on both legs.
     *
     * @param here packets of the peer that did not reach this client; -1: unknown
     * @param there packets of ours that did not reach the peer; -1: unknown
     */
    record Losses(long here, long there) {}

    /**
     * Asks {@code source} for losses from now on: a relay cannot read them in encrypted reports. Any thread.
     *
     * @param source called by any thread, must not block; null: nobody knows
     */
    void askForLosses(@Nullable Supplier<Losses> source);

    /** Returns the local UDP port; 0 if there is none yet. Any thread. */
    int localPort();
}
