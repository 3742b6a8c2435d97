package voiptui.net;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a host, looked up again for each connection: a name may move while a phone runs for weeks.
 *
 * <p>A look-up runs on a thread of its own, {@code voiptui-resolve}, because the system's resolver may hang. If it fails or
 * takes too long, the addresses found before are used again. Any thread; only {@link #find} blocks.
 */
public final class HostAddresses {

    /** The most addresses that are tried for one connection. */
    static final int MAX_ADDRESSES = 8;

    /** The host has addresses, but none of the family of the local address. */
    public static final class WrongFamilyException extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        WrongFamilyException(String message) {
            super(message);
        }
    }

    private final HostPort host;
    private final @Nullable InetAddress bind;
    private final @Nullable InetAddress like;
    private final NameService names;

    private @Nullable CompletableFuture<List<InetAddress>> running;
    private List<InetAddress> found = List.of();
    private @Nullable InetAddress lastGood;
    private final Set<InetAddress> suspects = new HashSet<>();

    private HostAddresses(HostPort host, @Nullable InetAddress bind, @Nullable InetAddress like, NameService names) {
        this.host = host;
        this.bind = bind;
        this.like = like;
        this.names = names;
    }

    /**
     * Prepares look-ups of a host.
     *
     * @param bind the local address to connect from, which limits the family; null: chosen by the system
     */
    public HostAddresses(HostPort host, @Nullable InetAddress bind, NameService names) {
        this(host, bind, null, names);
    }

    /** Returns a host with this one address, which is never looked up. */
    public static HostAddresses of(InetSocketAddress address) {
        HostAddresses fixed = new HostAddresses(
                new HostPort(IpText.of(address.getAddress()), address.getPort()),
                null,
                null,
                name -> List.of(address.getAddress()));
        fixed.found = List.of(address.getAddress());
        return fixed;
    }

    /** Returns the same host, of which addresses of the family of {@code address} are tried first. */
    public synchronized HostAddresses preferring(InetAddress address) {
        HostAddresses preferring = new HostAddresses(host, bind, address, names);
        preferring.found = found;
        return preferring;
    }

    /** Returns the port of the host. */
    public int port() {
        return host.port();
    }

    /**
     * Looks the host up.
     *
     * @param timeoutMs the longest wait for the resolver, in milliseconds
     * @return at least one address, in the order in which to try them
     * @throws UnknownHostException if the host has no address that can be used; the message is for the user
     */
    public List<InetSocketAddress> find(long timeoutMs) throws UnknownHostException, InterruptedException {
        try {
            keep(search().get(timeoutMs, TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            requireFound("no answer from the name service about '" + host.host() + "' within " + timeoutMs + " ms");
        } catch (ExecutionException unknown) {
            requireFound("unknown host '" + host.host() + "'; check the name, or give its address");
        }
        return ordered();
    }

    private synchronized CompletableFuture<List<InetAddress>> search() {
        CompletableFuture<List<InetAddress>> search = running;
        if (search != null && !search.isDone()) {
            return search;
        }
        CompletableFuture<List<InetAddress>> begun = new CompletableFuture<>();
        running = begun;
        Runnable lookUp = () -> {
            try {
                begun.complete(AddressOrder.sort(names.addresses(host.host()), this::hasRoute));
            } catch (IOException | RuntimeException unknown) {
                begun.completeExceptionally(unknown);
            }
        };
        if (IpText.parse(host.host()).isPresent()) {
            lookUp.run();
        } else {
            Thread thread = new Thread(lookUp, "voiptui-resolve");
            thread.setDaemon(true);
            thread.start();
        }
        return begun;
    }

    /** Returns whether this machine has a route; connecting a UDP socket sends nothing. */
    private boolean hasRoute(InetAddress address) {
        try (DatagramChannel channel = UdpChannels.open(address)) {
            channel.connect(new InetSocketAddress(address, host.port()));
            return true;
        } catch (IOException | RuntimeException none) {
            return false;
        }
    }

    private synchronized void keep(List<InetAddress> addresses) throws UnknownHostException {
        List<InetAddress> usable = new ArrayList<>();
        for (InetAddress address : addresses) {
            if (!LinkLocal.lacksZone(address) && (bind == null || AddressOrder.isSameFamily(address, bind))) {
                usable.add(address);
            }
        }
        if (!usable.isEmpty()) {
            found = usable.subList(0, Math.min(usable.size(), MAX_ADDRESSES));
            return;
        }
        if (!addresses.isEmpty() && LinkLocal.lacksZone(addresses.get(0))) {
            throw new UnknownHostException(LinkLocal.advice(addresses.get(0)));
        }
        if (bind == null || addresses.isEmpty()) {
            throw new UnknownHostException("'" + host.host() + "' has no address");
        }
        throw new WrongFamilyException(
                "'" + host.host() + "' has no " + (bind instanceof Inet6Address ? "IPv6" : "IPv4")
                        + " address, but --bind " + IpText.of(bind) + " requires one");
    }

    private synchronized void requireFound(String problem) throws UnknownHostException {
        if (found.isEmpty()) {
            throw new UnknownHostException(problem);
        }
    }

    private synchronized List<InetSocketAddress> ordered() {
        List<InetAddress> order = new ArrayList<>(like == null ? found : AddressOrder.familyFirst(found, like));
        List<InetAddress> last = new ArrayList<>(order);
        last.retainAll(suspects);
        order.removeAll(last);
        order.addAll(last);
        if (lastGood != null && order.remove(lastGood)) {
            order.add(0, lastGood);
        }
        return order.stream()
                .map(address -> new InetSocketAddress(address, host.port()))
                .toList();
    }

    /** Returns the addresses found last, in the order in which to try them; empty before the first look-up. */
    public List<InetSocketAddress> latest() {
        return ordered();
    }

    /** Returns the address that worked last, or that is to be tried first; unresolved if none is known yet. */
    public InetSocketAddress preferred() {
        List<InetSocketAddress> order = ordered();
        return order.isEmpty() ? InetSocketAddress.createUnresolved(host.host(), host.port()) : order.get(0);
    }

    /** A connection to an address works: it is tried first from now on, while the name has it. */
    public synchronized void onWorking(InetAddress address) {
        lastGood = address;
        suspects.clear();
    }

    /** An address accepted a connection that then was of no use: it is tried last until one works. */
    public synchronized void onUseless(InetAddress address) {
        if (address.equals(lastGood)) {
            lastGood = null;
        }
        suspects.retainAll(found);
        suspects.add(address);
    }

    /** Returns the host as the user named it. */
    @Override
    public String toString() {
        return host.toString();
    }
}
