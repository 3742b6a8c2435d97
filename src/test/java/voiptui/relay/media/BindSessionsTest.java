package voiptui.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import voiptui.relay.media.measure.FlowStats;

class BindSessionsTest {

    private static final long NOW_NS = -5_000_000_000L;
    private static final long MS = 1_000_000;

    private final BindSessions sessions = new BindSessions();
    private final BindSessions.Lookup lookup = sessions.new Lookup();

    private Binding opened(long id) {
        InetAddress host = InetAddress.getLoopbackAddress();
        Binding bind = new Binding(id, new byte[32]);
        sessions.add(new Flow(host, host, new FlowStats(), bind), bind, NOW_NS);
        return bind;
    }

    @Test
    void shouldFindASessionUntilItIsOver() {
        Binding first = opened(7);
        assertThat(lookup.find(8)).isNull();
        Binding again = opened(7);
        sessions.remove(first);
        assertThat(Objects.requireNonNull(lookup.find(7)).bind()).isSameAs(again);
        sessions.remove(again);
        assertThat(lookup.find(7)).isNull();
    }

    /** Somebody who has seen a session's number could otherwise keep the thread busy that has the flow. */
    @Test
    void shouldPassOnNoMoreThanAClientSends() {
        opened(7);
        BindSessions.Session session = Objects.requireNonNull(lookup.find(7));
        int passed = 0;
        for (int i = 0; i < 1_000; i++) {
            passed += session.mayPassOn(NOW_NS) ? 1 : 0;
        }
        assertThat(passed).isEqualTo(400);
        for (int ms = 0; ms < 1_000; ms++) {
            passed += session.mayPassOn(NOW_NS + ms * MS) ? 1 : 0;
        }
        assertThat(passed).isBetween(595, 600);
        assertThat(session.mayPassOn(NOW_NS + 60_000 * MS)).isTrue();
    }
}
