package voiptui.relay.admission;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import voiptui.net.IpNetwork;

/**
 * From where classic clients are admitted. They show no certificate, so their address is all there is to judge.
 *
 * @param networks the networks that they may come from
 */
public record ClassicAccess(List<IpNetwork> networks) {

    /** From everywhere. */
    public static final ClassicAccess ON = new ClassicAccess(List.of(
            IpNetwork.parse("0.0.0.0/0").orElseThrow(), IpNetwork.parse("::/0").orElseThrow()));
    /** From nowhere. */
    public static final ClassicAccess OFF = new ClassicAccess(List.of());

    private static final int MAX_NETWORKS = 1_000;

    /** Copies the list. */
    public ClassicAccess {
        networks = List.copyOf(networks);
    }

    /**
     * Parses {@code on}, {@code off}, or a list {@code ADDRESS[/PREFIX],…}.
     *
     * @throws IllegalArgumentException if the text is anything else; the message is for the user
     */
    public static ClassicAccess parse(String text) {
        if (text.equals("on")) {
            return ON;
        }
        if (text.equals("off")) {
            return OFF;
        }
        List<IpNetwork> networks = new ArrayList<>();
        for (String part : text.split(",", MAX_NETWORKS)) {
            networks.add(IpNetwork.parse(part.strip())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'" + part.strip() + "' is not on, off or an address such as 192.0.2.0/24")));
        }
        return new ClassicAccess(networks);
    }

    /** Returns whether classic clients at {@code address} are admitted. */
    public boolean admits(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /** Returns the text that {@link #parse} accepts. */
    @Override
    public String toString() {
        return equals(ON)
                ? "on"
                : equals(OFF)
                        ? "off"
                        : networks.stream().map(IpNetwork::toString).collect(Collectors.joining(","));
    }
}
