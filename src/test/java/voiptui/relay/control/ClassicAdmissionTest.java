package voiptui.relay.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import voiptui.event.Counter;
import voiptui.event.Counters;
import voiptui.event.EventBus;
import voiptui.event.RelayEvent;
import voiptui.event.Subscription;
import voiptui.net.IpText;
import voiptui.protocol.classic.ClassicReply;
import voiptui.protocol.classic.ClassicRequest;
import voiptui.relay.admission.ClassicAccess;
import voiptui.relay.admission.ClientLimits;
import voiptui.relay.call.ClassicRegistry;
import voiptui.relay.call.RecordingMediaPlane;

/** What classic programs are answered that are not admitted. */
class ClassicAdmissionTest {

    private static final InetAddress RELAY = IpText.parse("10.0.0.254").orElseThrow();

    private final Counters counters = new Counters();
    private final EventBus bus = new EventBus();
    private final Subscription events = bus.subscribe();

    private ClassicReply answer(ClassicRequest request, String access) {
        ClassicRegistry registry = new ClassicRegistry(
                ClientLimits.DEFAULT,
                ClassicAccess.parse(access),
                120_000,
                new RecordingMediaPlane(),
                bus,
                counters,
                () -> 0);
        return new ClassicRequestHandler(registry, address -> false, bus, counters, () -> 0)
                .answer(request, new InetSocketAddress("10.0.0.1", 40_000), RELAY);
    }

    @Test
    void shouldAnswerInvalidToEverything() {
        assertThat(answer(new ClassicRequest.Hello(5000, RELAY), "off")).isEqualTo(ClassicReply.INVALID);
        assertThat(answer(new ClassicRequest.Heartbeat(), "10.1.0.0/16")).isEqualTo(ClassicReply.INVALID);
        assertThat(answer(new ClassicRequest.Disconnect(), "off")).isEqualTo(ClassicReply.INVALID);

        assertThat(counters.get(Counter.CONTROL_NOT_ADMITTED)).isEqualTo(3);
        assertThat(counters.get(Counter.REGISTRATIONS)).isZero();
        assertThat(events.poll())
                .isEqualTo(new RelayEvent.Refused(
                        "10.0.0.1:40000", "INVALID", "classic clients are not admitted from there (--classic)"));
    }

    @Test
    void shouldAnswerThoseWhoAreAdmitted() {
        assertThat(answer(new ClassicRequest.Heartbeat(), "10.0.0.0/16")).isEqualTo(ClassicReply.ALIVE);
        assertThat(counters.get(Counter.CONTROL_NOT_ADMITTED)).isZero();
    }
}
