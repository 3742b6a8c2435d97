package voiptui.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import voiptui.protocol.RelayMessage;
import voiptui.protocol.offer.MediaCodec;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.protocol.offer.MediaOffer;
import voiptui.testkit.ManualClock;

class RingingCallsTest {

    private final ManualClock clock = new ManualClock();
    private final RingingCalls calls = new RingingCalls(clock);

    private RingingCalls.RingingCall add(String call, String from, @Nullable String fingerprint) {
        return calls.add(
                new RelayMessage.Incoming(
                        call, from, new MediaOffer(List.of(MediaCodec.OPUS), MediaFeatures.NONE), fingerprint),
                fingerprint,
                null);
    }

    @Test
    void shouldReturnTheCallsOldestFirst() {
        RingingCalls.RingingCall first = add("1", "dora", "SHA256:dora");
        RingingCalls.RingingCall second = add("2", "attic", "SHA256:attic");

        assertThat(calls.all()).containsExactly(first, second);
        assertThat(calls.oldest()).contains(first);
        assertThat(calls.oldest(call -> call.caller().equals("attic"))).contains(second);
        assertThat(calls.remove("1")).contains(first);
        assertThat(calls.remove("1")).isEmpty();
        assertThat(calls.oldest()).contains(second);
        assertThat(calls.find("1")).isEmpty();
        assertThat(calls.find("2")).contains(second);
    }

    @Test
    void shouldFindAllCallsOfACertificate() {
        RingingCalls.RingingCall first = add("1", "dora", "SHA256:dora");
        add("2", "192.0.2.7", null);
        RingingCalls.RingingCall third = add("3", "dora-2", "SHA256:dora");

        assertThat(calls.ofFingerprint("SHA256:dora")).containsExactly(first, third);
    }

    @Test
    void shouldBeFullWithTenCalls() {
        for (int i = 1; i < RingingCalls.MAX_RINGING; i++) {
            add("call " + i, "dora", null);
        }
        assertThat(calls.isFull()).isFalse();

        add("last", "dora", null);

        assertThat(calls.isFull()).isTrue();
    }

    @Test
    void shouldReturnAsOverdueWhatHasRungForTheLimit() {
        RingingCalls.RingingCall first = add("1", "dora", null);
        clock.advanceMs(1);
        add("2", "attic", null);

        clock.advanceMs(RingingCalls.RING_LIMIT_MS - 2);
        assertThat(calls.overdue()).isEmpty();

        clock.advanceMs(1);
        assertThat(calls.overdue()).containsExactly(first);
    }
}
