package voiptui.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.event.Counter;
import voiptui.event.Event;
import voiptui.event.VoiceEvent;
import voiptui.event.VoiceEvent.Replay.Phase;
import voiptui.protocol.offer.MediaFeature;
import voiptui.protocol.offer.MediaFeatures;
import voiptui.rtp.repair.HistoryReader;
import voiptui.rtp.repair.ReceivedPackets;
import voiptui.testkit.Events;
import voiptui.testkit.Sounds;
import voiptui.voice.Replay;

/** "Say again" through the whole of sender and receiver, behind a network that loses datagrams of all kinds. */
class SayAgainTest {

    private static final MediaFeatures WITHOUT_DTX = MediaFeatures.of(
            MediaFeature.RED, MediaFeature.RTX, MediaFeature.XR, MediaFeature.HEAL, MediaFeature.PTIME);
    private static final MediaFeatures WITHOUT_COPIES =
            MediaFeatures.of(MediaFeature.RTX, MediaFeature.XR, MediaFeature.HEAL, MediaFeature.PTIME);
    private static final short[] VOWEL = Sounds.vowel(12_000, 48_000, 480_000, 1);

    private LossyCall call;
    private Events events;

    private void call(double loss, MediaFeatures features) {
        call = new LossyCall(loss, features, VOWEL, 1);
        events = new Events(call.events());
    }

    private List<VoiceEvent.Replay> replays() {
        List<VoiceEvent.Replay> found = new ArrayList<>();
        for (Event event : events.take()) {
            if (event instanceof VoiceEvent.Replay replay) {
                found.add(replay);
            }
        }
        return found;
    }

    /** Returns how many of the frames sent from {@code from} to {@code to} are not in the history, byte by byte. */
    private int absent(long from, long to) {
        ReceivedPackets packets = call.history().packets();
        HistoryReader reader = packets.reader();
        int absent = call.sentFrames().subMap(from, to).size();
        for (long position = packets.oldest(); position <= packets.newest(); position++) {
            reader.read(position);
            long timestamp = reader.timestamp() & 0xffff_ffffL;
            if (reader.isHere() && timestamp >= from && timestamp < to) {
                byte[] sent = call.sentFrames().get(timestamp);
                assertThat(Arrays.copyOf(reader.payload(), reader.bytes()))
                        .as("packet %d", position)
                        .isEqualTo(sent);
                absent--;
            }
        }
        return absent;
    }

    private long newestSent() {
        return call.sentFrames().lastKey();
    }

    /** Every packet of the last 8 seconds is heard again, and what is kept equals what was sent. */
    @ParameterizedTest
    @CsvSource({"0.3, true", "0.15, false"})
    void shouldReplayEveryPacketAfterLosses(double loss, boolean copies) {
        call(loss, copies ? WITHOUT_DTX : WITHOUT_COPIES);
        call.run(10_000);
        long live = newestSent();
        long before = live - Replay.STEP_MS * 48;
        int missing = absent(before, live);
        replays();
        call.sayAgain();
        call.run(9_000);

        List<VoiceEvent.Replay> told = replays();
        assertThat(told.get(0).phase()).isEqualTo(Phase.STARTED);
        assertThat(told.get(0).missing()).isBetween(Math.max(0, missing - 10), missing + 10);
        assertThat(told.get(0).heals()).isTrue();
        assertThat(absent(before, live)).as("missing after").isZero();
        call.backToLive();
        call.run(20);
        VoiceEvent.Replay ended = replays().get(0);
        assertThat(ended.phase()).isEqualTo(Phase.ENDED);
        assertThat(ended.missing()).as("when their turn came").isZero();
    }

    @Test
    void shouldCatchUpWithLiveThroughPauses() {
        short[] sentences = new short[480_000];
        System.arraycopy(VOWEL, 0, sentences, 0, 240_000);
        call = new LossyCall(0.1, WITHOUT_DTX, sentences, 1);
        events = new Events(call.events());
        call.run(14_000);
        replays();
        call.sayAgain();
        List<Double> behindMs = new ArrayList<>();
        List<Double> liveInMs = new ArrayList<>();
        VoiceEvent.Replay ended = null;
        for (int second = 0; second < 12 && ended == null; second++) {
            call.run(1_000);
            for (Event event : events.take()) {
                if (event instanceof VoiceEvent.ReplayProgress progress) {
                    behindMs.add(progress.behindMs());
                    liveInMs.add(progress.liveInMs());
                } else if (event instanceof VoiceEvent.Replay replay && replay.phase() == Phase.ENDED) {
                    ended = replay;
                }
            }
        }

        assertThat(ended).as("without pauses it takes 32 s").isNotNull();
        assertThat(ended.missing()).isZero();
        assertThat(behindMs.get(0)).isBetween(4_000.0, 8_100.0);
        assertThat(behindMs).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(behindMs).last().as("it is over").isEqualTo(0.0);
        assertThat(liveInMs.get(liveInMs.size() - 2)).isLessThan(2_000);
    }

    @Test
    void shouldGoFurtherBackAndStop() {
        call(0, WITHOUT_DTX);
        call.run(20_000);
        call.sayAgain();
        call.run(500);
        call.sayAgain();
        call.run(20);
        call.sayAgain();
        call.sayAgain();
        call.sayAgain();
        call.run(500);

        assertThat(replays())
                .extracting(replay -> Math.round(replay.backMs() / 100))
                .as("as far as there is something")
                .containsExactly(80L, 165L, 204L, 204L, 204L);
        call.backToLive();
        call.run(20);
        assertThat(replays()).last().extracting(VoiceEvent.Replay::phase).isEqualTo(Phase.ENDED);
        assertThat(events.take()).noneMatch(VoiceEvent.ReplayProgress.class::isInstance);
    }

    @Test
    void shouldSayThatThereIsNothingToReplay() {
        call(1, WITHOUT_DTX);
        call.run(1_000);
        call.sayAgain();
        call.run(20);

        assertThat(replays()).containsExactly(new VoiceEvent.Replay(Phase.NOTHING, 0, 0, true));
    }

    @Test
    void shouldAskAPeerForNothingThatKeepsNothing() {
        call(0.2, MediaFeatures.of(MediaFeature.RTX, MediaFeature.XR));
        call.run(8_000);
        call.sayAgain();
        call.run(3_000);

        List<VoiceEvent.Replay> told = replays();
        assertThat(told.get(0).heals()).isFalse();
        assertThat(told.get(0).missing()).isGreaterThan(40);
        assertThat(call.received(Counter.RETRANSMISSIONS_REQUESTED)).isZero();
        call.backToLive();
        call.run(20);
        assertThat(replays()).last().satisfies(end -> assertThat(end.missing()).isGreaterThan(20));
    }

    @Test
    void shouldAskForNothingWhileNobodyListens() {
        call(0.3, WITHOUT_COPIES);
        call.run(5_000);

        assertThat(call.received(Counter.RETRANSMISSIONS_REQUESTED)).isZero();
        assertThat(call.sent(Counter.RETRANSMISSIONS_SENT)).isZero();
    }

    /** Another source, as after a restart or on another device: what the former one lost can no longer be asked for. */
    @Test
    void shouldReplayTheCurrentTalkerOnly() {
        call(0.1, WITHOUT_COPIES);
        call.run(4_000);
        call.changeTalker();
        call.run(4_000);
        long live = newestSent();
        replays();
        call.sayAgain();
        call.run(4_000);

        assertThat(replays().get(0).phase()).isEqualTo(Phase.STARTED);
        assertThat(absent(call.sentFrames().firstKey() + 10 * 960, live - 30 * 960))
                .as("of about 20, most of them in time")
                .isLessThan(8);
        call.backToLive();
        call.run(20);
        assertThat(replays()).last().extracting(VoiceEvent.Replay::phase).isEqualTo(Phase.ENDED);
    }
}
