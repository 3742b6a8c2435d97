package voiptui.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import voiptui.jitter.ArrivalQueue;
import voiptui.jitter.PacketOrigin;

/** Takes packets from a queue and keeps them. */
public final class Arrivals implements ArrivalQueue.Receiver {

    /** A packet. */
    public record Packet(int stream, long timestamp, long arrivalNs, PacketOrigin origin, byte[] payload) {}

    private final List<Packet> packets = new ArrayList<>();

    /** Returns the packets that wait in {@code queue}, and removes them from it. */
    public static List<Packet> of(ArrivalQueue queue) {
        Arrivals arrivals = new Arrivals();
        queue.drainTo(arrivals);
        return arrivals.packets;
    }

    @Override
    public void onPacket(int stream, long timestamp, long arrivalNs, PacketOrigin origin, byte[] payload, int bytes) {
        packets.add(new Packet(stream, timestamp, arrivalNs, origin, Arrays.copyOf(payload, bytes)));
    }
}
