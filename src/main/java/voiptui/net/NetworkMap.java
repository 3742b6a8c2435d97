package voiptui.net;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is remembered of networks: a bounded number, so that nobody fills the memory by coming from many addresses. The
 * network looked up or added longest ago is forgotten. Owned by one thread.
 *
 * @param <V> what is remembered of a network
 */
public final class NetworkMap<V> extends LinkedHashMap<IpNetwork, V> {

    private static final long serialVersionUID = 1L;

    private final int most;

    /** Creates an empty map of at most {@code most} networks. */
    public NetworkMap(int most) {
        super(16, 0.75f, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<IpNetwork, V> eldest) {
        return size() > most;
    }
}
