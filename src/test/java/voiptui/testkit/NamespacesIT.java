package voiptui.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import voiptui.testkit.Namespaces.Host;
import voiptui.testkit.Namespaces.Traffic;
import voiptui.testkit.Namespaces.Way;

/** Checks connectivity and traffic drops in the test network. */
class NamespacesIT {

    private static final int PORT = 9999;

    @Test
    void shouldRouteBetweenNetworksAndAHomeBehindNat() throws Exception {
        try (Namespaces net = Namespaces.create();
                ToolProcess relay = new ToolProcess(
                        net.relay().wrapper(), echo("serve", net.relay().address(), Integer.toString(PORT)))) {
            relay.awaitSaid(10_000, "listening");
            assertThat(ask(net, net.dora(), 5_000)).isEqualTo("203.0.113.2");
            assertThat(ask(net, net.laptop(), 5_000)).as("masqueraded").isEqualTo("192.0.2.2");

            net.dora().unplug("wifi");
            assertThat(ask(net, net.dora(), 200)).isEqualTo("no way");
            net.dora().plugIn("cable");
            assertThat(ask(net, net.dora(), 5_000))
                    .isEqualTo("203.0.113.130")
                    .isEqualTo(net.dora().address());
            net.router().renumber("net", "192.0.2.77");
            assertThat(ask(net, net.laptop(), 5_000)).isEqualTo("192.0.2.77");

            net.drop(net.laptop(), Traffic.TCP, Way.BOTH);
            assertThat(ask(net, net.laptop(), 5_000)).as("only TCP is lost").isEqualTo("192.0.2.77");
            net.drop(net.laptop(), Traffic.UDP, Way.TO);
            assertThat(ask(net, net.laptop(), 200)).isEqualTo("nothing");
            assertThat(ask(net, net.dora(), 5_000))
                    .as("only the laptop is cut off")
                    .isEqualTo("203.0.113.130");
            net.heal();
            assertThat(ask(net, net.laptop(), 5_000)).isEqualTo("192.0.2.77");
        }
    }

    private static String ask(Namespaces net, Host from, int timeoutMs) throws IOException, InterruptedException {
        try (ToolProcess asking = new ToolProcess(
                from.wrapper(),
                echo("ask", net.relay().address(), Integer.toString(PORT), Integer.toString(timeoutMs)))) {
            asking.awaitSuccess(20_000);
            return asking.said().strip();
        }
    }

    private static List<String> echo(String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                UdpEcho.class.getName()));
        command.addAll(Arrays.asList(args));
        return command;
    }
}
