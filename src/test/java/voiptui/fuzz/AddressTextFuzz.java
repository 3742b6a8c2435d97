package voiptui.fuzz;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import voiptui.net.HostPort;
import voiptui.net.IpNetwork;
import voiptui.net.IpText;
import voiptui.protocol.ClientName;

/** Addresses as people and peers write them: what reads is printed so that it reads as the same, and no name server is asked. */
public final class AddressTextFuzz {

    private static final int DEFAULT_PORT = 8888;

    private AddressTextFuzz() {}

    /** Runs one input. */
    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        checkAddress(text);
        checkNetwork(text);
        checkHostPort(text);
        Optional<String> name = ClientName.parse(text);
        Promise.check(name.isEmpty() || IpText.parse(text).isEmpty(), "no name is an address", text);
        Promise.check(name.isEmpty() || ClientName.parse(name.get()).equals(name), "a name is a name", text);
        Promise.check(
                ClientName.parse(ClientName.derivedFrom(text)).isPresent(), "a name can be made of anything", text);
    }

    private static void checkAddress(String text) {
        Optional<InetAddress> address = IpText.parse(text);
        if (address.isEmpty()) {
            return;
        }
        String printed = IpText.of(address.get());
        Promise.check(IpText.parse(printed).equals(address), "reads as it is printed", text, printed);
        Promise.check(printed.length() <= IpText.MAX_LENGTH, "a text has a limit", printed);
        String withPort = IpText.of(address.get(), DEFAULT_PORT);
        HostPort parsed = HostPort.parse(withPort, 1);
        Promise.check(parsed.port() == DEFAULT_PORT, "reads as it is printed", text, withPort);
        Promise.check(
                address.get().isAnyLocalAddress() || IpText.parse(parsed.host()).equals(address),
                "reads as it is printed",
                text,
                withPort);
    }

    private static void checkNetwork(String text) {
        Optional<IpNetwork> network = IpNetwork.parse(text);
        if (network.isEmpty()) {
            return;
        }
        Promise.check(network.get().contains(network.get().address()), "a range contains its first address", text);
        Promise.check(
                IpNetwork.parse(network.get().toString()).equals(network),
                "reads as it is printed",
                text,
                network.get());
        Promise.check(
                text.indexOf('/') >= 0
                        || IpText.parse(text).filter(network.get()::contains).isPresent(),
                "an address is a range of one",
                text);
    }

    private static void checkHostPort(String text) {
        HostPort parsed;
        try {
            parsed = HostPort.parse(text, DEFAULT_PORT);
        } catch (IllegalArgumentException told) {
            Promise.check(told.getMessage() != null && told.getMessage().contains(":"), "says what to write", told);
            return;
        }
        Promise.check(parsed.port() >= 1 && parsed.port() <= 65_535, "a port is one", parsed);
        Promise.check(!parsed.host().isBlank(), "a host is there", text);
        Promise.check(HostPort.parse(parsed.toString(), 1).equals(parsed), "reads as it is printed", text, parsed);
    }
}
