package voiptui.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Resolves host names. May block for as long as the system's resolver does. */
@FunctionalInterface
public interface NameService {

    /** The system's resolver: hosts file, DNS, and what else the machine is set up for. */
    NameService SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /**
     * Returns all addresses of a host.
     *
     * @throws UnknownHostException if there is none, or no name server answers
     */
    List<InetAddress> addresses(String host) throws UnknownHostException;
}
