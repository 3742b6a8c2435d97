package voiptui.bench.relay;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.Subscription;
import voiptui.relay.Relay;
import voiptui.relay.RelayConfig;
import voiptui.testkit.TemporaryFolder;
import voiptui.time.NanoClock;

/** A relay as a process of its own, without the command line: for benchmarks, and for tests of a process's limits. */
public final class RelayProcess {

    private RelayProcess() {}

    /**
     * Prints every event on a line, until it is killed. Arguments: BIND TCP_PORT UDP_PORT MAX_CLIENTS, and if wanted how
     * many file descriptors are to be left once it has started.
     */
    public static void main(String[] arguments) throws IOException {
        EventBus bus = new EventBus();
        Subscription subscription = bus.subscribe();
        RelayConfig config = RelayConfig.defaults(TemporaryFolder.untilExit("relay-process"))
                .listeningOn(
                        InetAddress.getByName(arguments[0]),
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[2]))
                .withLimits(Integer.parseInt(arguments[3]), RelayConfig.ClassicTimes.DEFAULT);
        Relay relay = Relay.start(config, bus, NanoClock.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(relay::close, "relay-shutdown"));
        List<InputStream> held = arguments.length > 4 ? holdAllBut(Integer.parseInt(arguments[4])) : List.of();
        System.out.println("Holding " + held.size() + " descriptors");
        while (true) {
            Event event = subscription.poll(1_000);
            if (event != null) {
                System.out.println(event);
            }
        }
    }

    private static List<InputStream> holdAllBut(int left) throws IOException {
        List<InputStream> held = new ArrayList<>();
        try {
            while (true) {
                held.add(new FileInputStream("/dev/null"));
            }
        } catch (FileNotFoundException noMore) {
            for (int released = 0; released < left; released++) {
                held.remove(0).close();
            }
        }
        return held;
    }
}
