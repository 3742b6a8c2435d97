package voiptui.jitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.jitter.JitterBuffer.Added;
import voiptui.jitter.JitterBuffer.Playout;

/**
 * In the tables, ticks of one frame are separated by commas: first the tick's packets arrive, then a frame is
 * played. {@code -} is a tick without a packet, {@code a..b} are ticks with one packet each. Played is the packet's number,
 * {@code c} for a concealed frame, {@code .} for silence; ticks that all play the next number are {@code a..b} too.
 */
class JitterBufferTest {

    private static final int CAPACITY = 8;
    private static final int TARGET = 3;

    private final JitterBuffer buffer = new JitterBuffer(CAPACITY, TARGET, Long.BYTES);
    private final byte[] payload = new byte[Long.BYTES];

    private static byte[] packet(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private Added add(long number) {
        Added added = buffer.add(number, packet(number));
        assertThat(buffer.depthFrames()).as("depth").isBetween(0, CAPACITY);
        return added;
    }

    private String get() {
        Playout playout = buffer.get(payload);
        return switch (playout) {
            case FRAME -> String.valueOf(ByteBuffer.wrap(payload).getLong());
            case CONCEAL -> "c";
            case IDLE -> ".";
        };
    }

    /** What is played for the {@code arrivals}, all the ticks separated by blanks. */
    private String play(String arrivals) {
        StringBuilder played = new StringBuilder();
        for (String tick : expand(arrivals).split(",")) {
            for (String number : tick.strip().split("\\s+")) {
                if (!number.equals("-")) {
                    add(Long.parseLong(number));
                }
            }
            played.append(get()).append(' ');
        }
        return played.toString().strip();
    }

    private static String expand(String arrivals) {
        StringBuilder ticks = new StringBuilder();
        for (String tick : arrivals.strip().split(",")) {
            String[] ends = tick.strip().split("\\.\\.");
            if (ends.length == 1) {
                ticks.append(tick.strip()).append(',');
            } else {
                for (long number = Long.parseLong(ends[0]); number <= Long.parseLong(ends[1]); number++) {
                    ticks.append(number).append(',');
                }
            }
        }
        return ticks.toString();
    }

    private static String expandPlayed(String played) {
        StringBuilder ticks = new StringBuilder();
        for (String tick : played.strip().split("\\s+")) {
            String[] ends = tick.split("\\.\\.");
            if (ends.length == 2) {
                for (long number = Long.parseLong(ends[0]); number <= Long.parseLong(ends[1]); number++) {
                    ticks.append(number).append(' ');
                }
            } else {
                ticks.append(tick).append(' ');
            }
        }
        return ticks.toString().strip();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what                              | packets per tick                    | played per tick           | late
            waits for the target                | 1,2,3,4,5                           | . . 1 2 3                 | 0
            steady                              | 1..20                               | . . 1..18                 | 0
            prefilled at once                   | 1 2 3,4,5                           | 1 2 3                     | 0
            more than the target at once        | 1 2 3 4 5,6,7                       | 3 4 5                     | 0
            a gap inside the prefill            | 1,3,4,5                             | . 1 c 3                   | 0
            reordered in the prefill            | 2,1,3,4                             | . . 1 2                   | 0
            the first one late in the prefill   | 5,4,3,6                             | . . 3 4                   | 0
            reordered                           | 1,2,3,5,4,6,7                       | . . 1 2 3 4 5             | 0
            one lost                            | 1,2,3,-,5,6,7                       | . . 1 2 3 c 5             | 0
            the lost one comes late             | 1,2,3,-,5,6,7 4,8                   | . . 1 2 3 c 5 6           | 1
            the lost one just in time           | 1,2,3,-,5,4 6,7,8                   | . . 1 2 3 4 5 6           | 0
            two lost                            | 1,2,3,-,-,6,7,8                     | . . 1 2 3 c c 6           | 0
            twice                               | 1,2 2,3 1,4,5                       | . . 1 2 3                 | 0
            twice after it was played           | 1,2,3,4 1,5                         | . . 1 2 3                 | 1
            underrun, nothing lost              | 1,2,3,-,-,-,4,5,6                   | . . 1 2 3 c 4 5 6         | 0
            underrun, packets late but played   | 1,2,3,-,-,-,-,4 5,6,7,8             | . . 1 2 3 c c 4 5 6 7     | 0
            underrun that was a loss            | 1,2,3,-,-,-,7,8,9,10                | . . 1 2 3 c c c 7 8       | 0
            loss longer than the buffer         | 1,2,3,-,-,-,-,-,9,10,11,12          | . . 1 2 3 c c c c c 9 10  | 0
            after a pause the target again      | 1..3,-,-,-,-,-,-,-,-,-,-,-,-,-,4,5,6,7 | . . 1 2 3 c c c c c c c c c c . . . 4 5 | 0
            """)
    void shouldPlay(String what, String arrivals, String played, long late) {
        assertThat(play(arrivals)).isEqualTo(expandPlayed(played));
        assertThat(buffer.late()).as("late").isEqualTo(late);
        assertThat(buffer.discarded()).as("discarded").isEqualTo(what.startsWith("more than") ? 2 : 0);
    }

    @Nested
    class Delay {

        @Test
        void shouldReturnToTheTargetAfterALossBurstLongerThanTheBuffer() {
            play("1..20");
            assertThat(buffer.depthFrames()).isEqualTo(TARGET - 1);

            // 21 to 26 are lost. Two packets are buffered; four underruns then cover the first four of the six.
            assertThat(play("-,-,-,-,-,-,27..40")).isEqualTo(expandPlayed("19 20 c c c c c c 27..38"));
            assertThat(buffer.depthFrames()).isEqualTo(TARGET - 1);
        }

        @Test
        void shouldGrowByTheDelayOfTheNetwork() {
            play("1..10");

            assertThat(play("-,-,-,-,11 12 13 14 15,16..20")).isEqualTo(expandPlayed("9 10 c c 11..16"));
            assertThat(buffer.depthFrames()).isEqualTo(TARGET - 1 + 2);
        }

        @Test
        void shouldRemoveTwoSurplusFramesSoonerThanOne() {
            play("1..10");
            play("-,-,-,-,11 12 13 14 15");
            assertThat(buffer.depthFrames()).isEqualTo(TARGET - 1 + 2);

            int taken = 0;
            for (int tick = 1; tick <= 700; tick++) {
                add(15 + tick);
                get();
                if (buffer.hasSurplus()) {
                    buffer.onSurplusTaken();
                    get();
                    taken++;
                    assertThat(tick)
                            .as("tick of the %d. frame taken", taken)
                            .isBetween(taken == 1 ? 45 : 195, taken == 1 ? 55 : 205);
                }
            }

            assertThat(taken).isEqualTo(2);
            assertThat(buffer.depthFrames()).isEqualTo(TARGET - 1);
        }

        @Test
        void shouldRemoveTheSurplusOfAStallSoon() {
            play("1..10");
            play("-,-,-,-,-,-,11 12 13 14 15 16 17");
            assertThat(buffer.depthFrames()).isEqualTo(TARGET - 1 + 4);

            int ticks = 0;
            while (!buffer.hasSurplus()) {
                ticks++;
                add(17 + ticks);
                get();
            }

            assertThat(ticks).as("frames of 20 ms").isBetween(20, 30);
        }

        @Test
        void shouldKeepASurplusThatIsNeededFromTimeToTime() {
            play("1..10");
            play("-,-,-,-,11 12 13 14 15");
            for (int number = 16; number < 1000; number += 3) {
                // Three packets arrive together every 60 ms, so the buffer needs its surplus in between.
                get();
                get();
                add(number);
                add(number + 1);
                add(number + 2);
                assertThat(get()).isNotIn("c", ".");
                assertThat(buffer.hasSurplus()).isFalse();
            }
        }

        @Test
        void shouldDropToTheTargetAfterABurstThatOverflows() {
            play("1..10");
            int pushedOut = 0;
            for (int number = 11; number <= 59; number++) {
                int before = buffer.depthFrames();
                add(number);
                if (buffer.depthFrames() <= before) {
                    assertThat(buffer.depthFrames()).isEqualTo(TARGET);
                    pushedOut++;
                }
            }

            assertThat(pushedOut).isEqualTo(8);
            assertThat(buffer.depthFrames()).isEqualTo(TARGET);
            assertThat(buffer.discarded()).as("9 to 56").isEqualTo(48);
            assertThat(play("60..70")).startsWith("57 58 59 60");
        }

        @Test
        void shouldFillUpToTheCapacity() {
            play("1..3");
            for (int number = 4; number <= 9; number++) {
                add(number);
            }
            assertThat(buffer.depthFrames()).isEqualTo(CAPACITY);
            assertThat(buffer.discarded()).isZero();

            add(10);
            assertThat(buffer.depthFrames()).isEqualTo(TARGET);
            assertThat(buffer.discarded()).isEqualTo(6);
        }

        @Test
        void shouldAllowATargetAsLargeAsTheBuffer() {
            JitterBuffer full = new JitterBuffer(4, 4, Long.BYTES);
            for (int number = 1; number <= 40; number++) {
                full.add(number, packet(number));
                Playout playout = full.get(payload);
                assertThat(playout).isEqualTo(number < 4 ? Playout.IDLE : Playout.FRAME);
            }
            assertThat(full.discarded()).isZero();
        }
    }

    @Nested
    class Streams {

        private static final long NEXT = 1L << 33;

        @Test
        void shouldDiscardAndRefillWhenAStreamRestarts() {
            play("1..10");

            add(NEXT);
            assertThat(get()).isEqualTo(".");
            add(NEXT + 1);
            assertThat(get()).isEqualTo(".");
            add(NEXT + 2);
            assertThat(get()).isEqualTo(String.valueOf(NEXT));
            assertThat(buffer.discarded())
                    .as("what was left of the stream before")
                    .isEqualTo(2);
        }

        @Test
        void shouldPutTheFirstPacketsOfANewStreamInOrder() {
            play("1..3,-,-,-,-,-,-,-,-,-,-,-,-,-,-");

            add(NEXT + 1);
            assertThat(add(NEXT)).isEqualTo(Added.QUEUED);
            add(NEXT + 2);
            assertThat(get()).isEqualTo(String.valueOf(NEXT));
        }

        @Test
        void shouldPlayTheRestOfAStreamWithoutWaitingForTheTarget() {
            play("1,2");
            buffer.endOfStream();

            assertThat(buffer.isEnding()).isTrue();
            assertThat(get()).isEqualTo("1");
            assertThat(get()).isEqualTo("2");
            assertThat(buffer.isEnding()).isTrue();
            assertThat(get()).isEqualTo(".");
            assertThat(buffer.isEnding()).isFalse();
        }

        @Test
        void shouldConcealAGapInTheRestOfAStream() {
            play("1..10,12");
            buffer.endOfStream();

            assertThat(get() + get() + get() + get()).isEqualTo("10c12.");
        }

        @Test
        void shouldEndImmediatelyWhenEmpty() {
            buffer.endOfStream();

            assertThat(get()).isEqualTo(".");
            assertThat(buffer.isEnding()).isFalse();
        }

        @Test
        void shouldWaitForTheTargetWhenANewStreamInterruptsTheRest() {
            play("1..10");
            buffer.endOfStream();
            add(NEXT);

            assertThat(buffer.isEnding()).as("what was left is gone").isFalse();
            assertThat(get()).isEqualTo(".");
            add(NEXT + 1);
            assertThat(get()).isEqualTo(".");
            add(NEXT + 2);
            assertThat(get()).isEqualTo(String.valueOf(NEXT));
        }

        @Test
        void shouldWaitForTheTargetAgainAfterTheEnd() {
            play("1..10");
            buffer.endOfStream();
            get();
            get();
            get();

            add(NEXT);
            assertThat(get()).isEqualTo(".");
            add(NEXT + 1);
            add(NEXT + 2);
            assertThat(get()).isEqualTo(String.valueOf(NEXT));
        }
    }

    @Test
    void shouldReturnTheResultForEachPacket() {
        assertThat(add(1)).isEqualTo(Added.QUEUED);
        assertThat(add(1)).isEqualTo(Added.DUPLICATE);
        add(2);
        add(3);
        get();
        assertThat(add(1)).isEqualTo(Added.LATE);
        assertThat(buffer.late()).isEqualTo(1);
    }

    @Test
    void shouldCopyThePayload() {
        byte[] reused = packet(1);
        buffer.add(1, reused);
        java.util.Arrays.fill(reused, (byte) 0x77);
        add(2);
        add(3);

        assertThat(get()).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"8, 0", "8, 9", "8, -1"})
    void shouldRefuseATargetThatDoesNotFit(int capacity, int target) {
        assertThatIllegalArgumentException().isThrownBy(() -> new JitterBuffer(capacity, target, 1));
    }
}
