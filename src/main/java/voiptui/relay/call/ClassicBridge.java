package voiptui.relay.call;

import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import voiptui.protocol.CallEnding;
import voiptui.protocol.MediaCodec;
import voiptui.relay.call.Call.Phase;
import voiptui.relay.media.MediaPlane;

/**
 * Where the two protocols meet: a classic client that has nobody to talk with on its own side makes a call, to the address
 * that it names, with a number that nobody knows. It rings at the stations there, and is connected at once with one that
 * calls the client's address. Since a classic program goes on registering whatever happens, one that was not taken, or
 * was hung up on, keeps quiet for a while.
 *
 * <p>Owned by the control thread.
 */
final class ClassicBridge implements ClassicRegistryListener {

    private static final int CALL_ID_BYTES = 16;
    private static final List<MediaCodec> CODECS = List.of(MediaCodec.PCM);

    private final Sessions stations;
    private final CallController exchange;
    private final MediaPlane media;
    private final RandomGenerator random;
    private final Runnable changed;

    /**
     * Builds the bridge.
     *
     * @param changed called after whatever a classic client did may have made stations busy or idle
     */
    ClassicBridge(
            Sessions stations, CallController exchange, MediaPlane media, RandomGenerator random, Runnable changed) {
        this.stations = stations;
        this.exchange = exchange;
        this.media = media;
        this.random = random;
        this.changed = changed;
    }

    @Override
    public int size() {
        return stations.size();
    }

    @Override
    public boolean isTaken(InetSocketAddress source) {
        return stations.ofSource(source).isPresent();
    }

    @Override
    public void onWaiting(ClassicClient client) {
        exchange.place(
                exchange.madeBy(client)
                        .orElseGet(() ->
                                exchange.begin(newId(), client, CallTarget.of(client.target()), CODECS, Phase.WAITING)),
                true);
        changed.run();
    }

    private String newId() {
        byte[] id = new byte[CALL_ID_BYTES];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    @Override
    public void onUnavailable(ClassicClient client) {
        if (client.talk() != null) {
            exchange.end(client.talk(), client, CallEnding.HUNG_UP);
        } else {
            exchange.madeBy(client).ifPresent(call -> exchange.end(call, client, CallEnding.CANCELLED));
        }
        changed.run();
    }

    @Override
    public void beforeReplacing(ClassicClient former) {
        if (former.talk() != null) {
            media.unpair(former.flow(), former.talk().other(former).flow());
        }
    }

    @Override
    public void afterReplacing(ClassicClient former, ClassicClient heir) {
        exchange.replace(former, heir);
    }
}
