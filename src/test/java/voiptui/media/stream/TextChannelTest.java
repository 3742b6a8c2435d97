package voiptui.media.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import voiptui.event.CallEvent;
import voiptui.event.Event;
import voiptui.event.EventBus;
import voiptui.event.Subscription;

/** Texts arrive once each and in order, whatever the network does, and whatever the other side sends. */
class TextChannelTest {

    private static final int APP_HEAD = 12;

    private long nowNs = 1;

    /** One side of a call. */
    private static final class Side {

        final EventBus bus = new EventBus();
        final Subscription events = bus.subscribe();
        final TextChannel channel = new TextChannel(bus);

        Side() {
            channel.use(true, true);
        }

        byte[] report() {
            ByteBuffer packet = ByteBuffer.allocate(TextChannel.MAX_PACKET_BYTES);
            channel.write(packet, 1);
            byte[] bytes = new byte[packet.position()];
            packet.get(0, bytes);
            return bytes;
        }

        List<Event> published() {
            List<Event> all = new ArrayList<>();
            for (Event event = events.poll(); event != null; event = events.poll()) {
                all.add(event);
            }
            return all;
        }

        List<String> texts(boolean sent) {
            return published().stream()
                    .filter(CallEvent.Text.class::isInstance)
                    .map(CallEvent.Text.class::cast)
                    .filter(text -> text.sent() == sent)
                    .map(CallEvent.Text::text)
                    .toList();
        }
    }

    private final Side anna = new Side();
    private final Side ben = new Side();

    private void deliver(byte[] report, Side to) {
        if (report.length > 0) {
            to.channel.onPacket(ByteBuffer.wrap(report), APP_HEAD, report.length, nowNs);
        }
    }

    private void hostile(byte... data) {
        ben.channel.onPacket(ByteBuffer.wrap(data), 0, data.length, nowNs);
    }

    private static byte[] text(int ack, int number, int length, byte[] utf8) {
        return ByteBuffer.allocate(10 + utf8.length)
                .putInt(ack)
                .putInt(number)
                .putShort((short) length)
                .put(utf8)
                .array();
    }

    @Test
    void shouldShowATextOnBothSidesOnceTheOtherHasIt() {
        anna.channel.send("hello, ben");
        assertThat(anna.channel.isUrgent()).isTrue();
        assertThat(anna.published()).as("not there yet").isEmpty();
        deliver(anna.report(), ben);
        assertThat(ben.published()).containsExactly(new CallEvent.Text(false, "hello, ben"));
        assertThat(ben.channel.isUrgent()).as("the acknowledgement").isTrue();
        deliver(ben.report(), anna);
        assertThat(anna.channel.isUrgent()).isFalse();
        assertThat(anna.published()).containsExactly(new CallEvent.Text(true, "hello, ben"));
    }

    @Test
    void shouldDeliverEachTextOnceAndInOrderOverABadNetwork() {
        Random random = new Random(12);
        List<String> sent = new ArrayList<>();
        List<String> heard = new ArrayList<>();
        List<String> confirmed = new ArrayList<>();
        List<byte[]> toBen = new ArrayList<>();
        List<byte[]> toAnna = new ArrayList<>();
        for (int round = 0; round < 4000; round++) {
            nowNs += TextChannel.INTERVAL_NS / 4;
            if (sent.size() < 200 && round % 8 == 0) {
                String text = "text " + sent.size() + " " + "x".repeat(random.nextInt(400));
                sent.add(text);
                anna.channel.send(text);
            }
            anna.channel.isUrgent();
            toBen.add(anna.report());
            toAnna.add(ben.report());
            for (List<byte[]> way : List.of(toBen, toAnna)) {
                Collections.shuffle(way, random);
                while (way.size() > 5) {
                    byte[] report = way.remove(0);
                    for (int copies = random.nextInt(3); copies > 0; copies--) {
                        deliver(report, way == toBen ? ben : anna);
                    }
                }
            }
            heard.addAll(ben.texts(false));
            confirmed.addAll(anna.texts(true));
        }
        assertThat(heard).hasSizeGreaterThan(150).isSubsetOf(sent).doesNotHaveDuplicates();
        assertThat(confirmed).isEqualTo(heard);
        assertThat(heard).isEqualTo(sent.stream().filter(heard::contains).toList());
    }

    @Test
    void shouldRefuseWhatIsTooLongOrTooMuch() {
        anna.channel.send("x".repeat(CallEvent.Text.MAX_CHARACTERS + 1));
        anna.channel.send("\u6f22".repeat(400));
        assertThat(anna.published()).hasSize(2).allMatch(CallEvent.TextFailed.class::isInstance);
        for (int i = 0; i <= TextChannel.MAX_WAITING; i++) {
            anna.channel.send("text " + i);
        }
        assertThat(anna.published()).singleElement().isInstanceOf(CallEvent.TextFailed.class);
        anna.channel.send(" \n\t ");
        assertThat(anna.published()).as("nothing to send").isEmpty();
    }

    @Test
    void shouldSendNothingWithoutEncryptionOrToAnOlderProgram() {
        Side clear = new Side();
        clear.channel.use(false, true);
        clear.channel.send("secret");
        assertThat(clear.published())
                .containsExactly(
                        new CallEvent.TextFailed("texts are only sent end-to-end encrypted, and this call is not"));
        assertThat(clear.report()).isEmpty();
        clear.channel.use(true, false);
        clear.channel.send("secret");
        assertThat(clear.published())
                .containsExactly(new CallEvent.TextFailed("the other side's program takes no texts"));
    }

    @Test
    void shouldSayAtTheEndWhatDidNotArrive() {
        anna.channel.send("one");
        anna.channel.send("two");
        deliver(anna.report(), ben);
        deliver(ben.report(), anna);
        anna.channel.send("three");
        anna.channel.close();
        assertThat(anna.published())
                .containsExactly(
                        new CallEvent.Text(true, "one"),
                        new CallEvent.Text(true, "two"),
                        new CallEvent.TextFailed("not delivered: three"));
    }

    @Test
    void shouldMakeOneLineOfWhatAHostileSideSends() {
        byte[] evil = "a\r\nb\u001b[2Jc\u2028d".getBytes(StandardCharsets.UTF_8);
        hostile(text(0, 1, evil.length, evil));
        assertThat(ben.published()).containsExactly(new CallEvent.Text(false, "a  b [2Jc d"));
        byte[] broken = {(byte) 0xff, 'x'};
        hostile(text(0, 2, 2, broken));
        assertThat(ben.published()).containsExactly(new CallEvent.Text(false, "\ufffdx"));
        byte[] many = "y".repeat(900).getBytes(StandardCharsets.UTF_8);
        hostile(text(0, 3, many.length, many));
        assertThat(ben.published())
                .containsExactly(new CallEvent.Text(false, "y".repeat(CallEvent.Text.MAX_CHARACTERS)));
    }

    @Test
    void shouldIgnoreWhatDoesNotFit() {
        hostile();
        hostile(new byte[] {0, 0, 0});
        hostile(text(0, 1, 60_000, new byte[] {'x'}));
        hostile(text(0, 1, 2, new byte[] {'x'}));
        hostile(text(0, 0, 1, new byte[] {'x'}));
        hostile(text(0, -1, 1, new byte[] {'x'}));
        hostile(text(0, 7, 1, new byte[] {'x'}));
        assertThat(ben.published()).isEmpty();
        ben.channel.send("hello");
        hostile(text(5, 0, 0, new byte[0]));
        hostile(text(-5, 0, 0, new byte[0]));
        assertThat(ben.channel.isUrgent()).isTrue();
        assertThat(ben.published()).as("not confirmed by a number never sent").isEmpty();
        Random random = new Random(12);
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            hostile(noise);
        }
        assertThat(ben.published()).isEmpty();
    }

    @Test
    void shouldTakeAFloodSlowly() {
        for (int number = 1; number <= 1000; number++) {
            hostile(text(0, number, 1, new byte[] {'x'}));
        }
        assertThat(ben.published()).hasSize(TextChannel.MAX_BURST);
        nowNs += TextChannel.INTERVAL_NS;
        for (int number = 1; number <= 1000; number++) {
            hostile(text(0, number, 1, new byte[] {'x'}));
        }
        assertThat(ben.published()).as("one more for each interval").hasSize(1);
    }
}
