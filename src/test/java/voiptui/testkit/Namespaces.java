package voiptui.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small internet of network namespaces, isolated from other networks. Programs run on its hosts with {@link Host#wrapper} before
 * their command.
 *
 * <pre>
 *   relay 198.51.100.2 ──────────────┐
 *                                    │
 *   dora  203.0.113.2   (wifi)  ─────┤
 *         203.0.113.130 (cable) ─────┤ core: routes, and loses what {@link #drop} says
 *                                    │
 *   laptop 192.168.77.2 ── router ───┘
 *                          192.0.2.2, masquerades
 * </pre>
 *
 * <p>Dora's cable is not plugged in at first. Needs root on Linux with {@code ip} and {@code nft}: the test is skipped
 * without, or, with {@code CI=true}, fails. Several can exist at once; each is for one
 * thread at a time. Closing it removes all hosts, not the programs on them.
 */
public final class Namespaces implements AutoCloseable {

    /** The traffic affected. */
    public enum Traffic {
        /** All of it. */
        ALL(""),
        /** UDP. */
        UDP("meta l4proto udp "),
        /** UDP in packets of more than 1,280 bytes, and so all but the last fragment of longer datagrams. */
        LONG_UDP("meta l4proto udp meta length > 1280 "),
        /** TCP. */
        TCP("meta l4proto tcp ");

        private final String match;

        Traffic(String match) {
            this.match = match;
        }
    }

    /** The direction of traffic. */
    public enum Way {
        /** From the host into the internet. */
        FROM,
        /** From the internet to the host. */
        TO,
        /** Both. */
        BOTH
    }

    /** One end of a link: its address, whom it reaches everybody else through, and what the other end is called. */
    private record Link(String name, String address, int prefixBits, String gateway, String otherName) {}

    /** A host. */
    public final class Host {

        private final String namespace;
        private final Map<String, Link> links = new LinkedHashMap<>();
        private String address;

        private Host(String namespace) {
            this.namespace = namespace;
        }

        /** Returns the current source address. */
        public String address() {
            return address;
        }

        /** Returns the command prefix that runs a program on this host. */
        public List<String> wrapper() {
            return List.of("ip", "netns", "exec", namespace);
        }

        /** Takes a link down, as unplugging the cable does: the host notices and loses its routes. */
        public void unplug(String link) throws IOException {
            run("ip", "-n", namespace, "link", "set", links.get(link).name, "down");
        }

        /** Brings a link up and makes it the default route. */
        public void plugIn(String link) throws IOException {
            Link plugged = links.get(link);
            run("ip", "-n", namespace, "link", "set", plugged.name, "up");
            if (plugged.gateway != null) {
                run("ip", "-n", namespace, "route", "replace", "default", "via", plugged.gateway, "dev", plugged.name);
            }
            address = plugged.address;
        }

        /** Replaces the address on a link with another one in the same network. */
        public void renumber(String link, String newAddress) throws IOException {
            Link old = links.get(link);
            run("ip", "-n", namespace, "address", "add", newAddress + "/" + old.prefixBits, "dev", old.name);
            run("ip", "-n", namespace, "address", "del", old.address + "/" + old.prefixBits, "dev", old.name);
            links.put(link, new Link(old.name, newAddress, old.prefixBits, old.gateway, old.otherName));
            // What was added second went with the first, or had it as its source.
            run("ip", "-n", namespace, "address", "replace", newAddress + "/" + old.prefixBits, "dev", old.name);
            plugIn(link);
        }

        @Override
        public String toString() {
            return namespace + " at " + address;
        }
    }

    private static final String PREFIX = "vt" + ProcessHandle.current().pid() + "-";
    private static final AtomicInteger MADE = new AtomicInteger();

    private final String prefix = PREFIX + MADE.incrementAndGet() + "-";
    private final List<Host> hosts = new ArrayList<>();
    private Host core;
    private Host relay;
    private Host dora;
    private Host router;
    private Host laptop;

    private Namespaces() {}

    /** Makes the hosts and their links. */
    public static Namespaces create() throws IOException {
        Programs.requireThat(Programs.isRoot(), "needs root, to make hosts out of network namespaces");
        Programs.require("ip", "nft");
        Programs.requireThat(
                Permission.GRANTED, "needs the right to make network namespaces, which a container may lack");
        removeLeftovers();
        Namespaces made = new Namespaces();
        try {
            made.build();
            return made;
        } catch (IOException | RuntimeException failed) {
            made.close();
            throw failed;
        }
    }

    /** Asked for once. */
    private static final class Permission {
        private static final boolean GRANTED = tryOut();

        private static boolean tryOut() {
            String namespace = PREFIX + "try";
            try {
                run("ip", "netns", "add", namespace);
                run("ip", "netns", "del", namespace);
                return true;
            } catch (IOException refused) {
                return false;
            }
        }
    }

    /** Removes the hosts of test processes that were killed. */
    private static void removeLeftovers() throws IOException {
        Matcher names =
                Pattern.compile("^vt([0-9]+)-[\\w-]+", Pattern.MULTILINE).matcher(run("ip", "netns", "list"));
        while (names.find()) {
            if (ProcessHandle.of(Long.parseLong(names.group(1))).isEmpty()) {
                try {
                    run("ip", "netns", "del", names.group());
                } catch (IOException gone) {
                    // Another test process was faster.
                }
            }
        }
    }

    private void build() throws IOException {
        core = host("core");
        relay = host("relay");
        dora = host("dora");
        router = host("router");
        laptop = host("laptop");
        link(relay, "net", "198.51.100.2", 24, core, "198.51.100.1");
        link(dora, "wifi", "203.0.113.2", 25, core, "203.0.113.1");
        link(dora, "cable", "203.0.113.130", 25, core, "203.0.113.129");
        link(router, "net", "192.0.2.2", 24, core, "192.0.2.1");
        link(laptop, "lan", "192.168.77.2", 24, router, "192.168.77.1");
        relay.plugIn("net");
        dora.plugIn("wifi");
        router.plugIn("net");
        laptop.plugIn("lan");
        for (Host forwarding : List.of(core, router)) {
            inside(forwarding, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        }
        nft(router, """
                table ip nat {
                    chain leaving {
                        type nat hook postrouting priority srcnat; policy accept;
                        oifname "net" masquerade
                    }
                }
                """);
        nft(core, """
                table ip loss {
                    chain forward {
                        type filter hook forward priority filter; policy accept;
                    }
                }
                """);
    }

    private Host host(String name) throws IOException {
        Host host = new Host(prefix + name);
        run("ip", "netns", "add", host.namespace);
        hosts.add(host);
        run("ip", "-n", host.namespace, "link", "set", "lo", "up");
        return host;
    }

    /** A link between two hosts; only the other end is up yet. */
    private void link(Host host, String name, String address, int prefixBits, Host other, String otherAddress)
            throws IOException {
        String otherName = host.namespace.substring(prefix.length()) + "-" + name;
        run(
                "ip",
                "link",
                "add",
                name,
                "netns",
                host.namespace,
                "type",
                "veth",
                "peer",
                "name",
                otherName,
                "netns",
                other.namespace);
        run("ip", "-n", host.namespace, "address", "add", address + "/" + prefixBits, "dev", name);
        run("ip", "-n", other.namespace, "address", "add", otherAddress + "/" + prefixBits, "dev", otherName);
        run("ip", "-n", other.namespace, "link", "set", otherName, "up");
        host.links.put(name, new Link(name, address, prefixBits, otherAddress, otherName));
    }

    /** Where the relay is meant to run. */
    public Host relay() {
        return relay;
    }

    /** A host with an address of the internet's own, links {@code wifi} and {@code cable}. */
    public Host dora() {
        return dora;
    }

    /** A host behind the router, link {@code lan}. */
    public Host laptop() {
        return laptop;
    }

    /** What the laptop is behind; its link to the internet is {@code net}. */
    public Host router() {
        return router;
    }

    /** Silently drops this traffic of a host in the core; for the laptop, that of its router. */
    public void drop(Host host, Traffic traffic, Way way) throws IOException {
        StringBuilder rules = new StringBuilder();
        for (Link link : (host == laptop ? router : host).links.values()) {
            if (way != Way.TO) {
                rules.append(rule("iifname", link, traffic));
            }
            if (way != Way.FROM) {
                rules.append(rule("oifname", link, traffic));
            }
        }
        nft(core, rules.toString());
    }

    private static String rule(String side, Link link, Traffic traffic) {
        return "add rule ip loss forward " + side + " \"" + link.otherName + "\" " + traffic.match + "counter drop\n";
    }

    /** Stops dropping traffic. */
    public void heal() throws IOException {
        nft(core, "flush chain ip loss forward\n");
    }

    private static void nft(Host host, String rules) throws IOException {
        Path file = Files.createTempFile("voiptui", ".nft");
        try {
            Files.writeString(file, rules);
            inside(host, "nft", "-f", file.toString());
        } finally {
            Files.delete(file);
        }
    }

    private static void inside(Host host, String... words) throws IOException {
        List<String> command = new ArrayList<>(host.wrapper());
        command.addAll(Arrays.asList(words));
        run(command.toArray(String[]::new));
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said);
            }
            return said;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    @Override
    public void close() throws IOException {
        IOException problem = null;
        for (Host host : hosts) {
            try {
                run("ip", "netns", "del", host.namespace);
            } catch (IOException failed) {
                problem = failed;
            }
        }
        hosts.clear();
        if (problem != null) {
            throw problem;
        }
    }
}
