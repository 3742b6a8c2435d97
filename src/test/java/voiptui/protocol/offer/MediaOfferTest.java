package voiptui.protocol.offer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MediaOfferTest {

    private static final List<MediaCodec> BOTH = List.of(MediaCodec.OPUS, MediaCodec.PCM);

    @Test
    void shouldAgreeOnTheCallersCodecAndTheFeaturesOfBoth() {
        MediaOffer caller = new MediaOffer(BOTH, MediaFeatures.of(MediaFeature.RED, MediaFeature.DTX));
        MediaOffer callee = new MediaOffer(
                List.of(MediaCodec.PCM, MediaCodec.OPUS), MediaFeatures.of(MediaFeature.DTX, MediaFeature.RTX));

        MediaFormat format = caller.agree(callee, PacketFormat.RTP).orElseThrow();

        assertThat(format)
                .isEqualTo(new MediaFormat(MediaCodec.OPUS, PacketFormat.RTP, MediaFeatures.of(MediaFeature.DTX)));
        assertThat(format.offer().agree(format.offer(), PacketFormat.RTP)).contains(format);
    }

    @Test
    void shouldAgreeOnNothingWithoutACommonCodec() {
        MediaOffer opus = new MediaOffer(List.of(MediaCodec.OPUS), MediaFeatures.ALL);

        assertThat(opus.agree(MediaOffer.CLASSIC, PacketFormat.CLASSIC)).isEmpty();
    }

    @Test
    void shouldAgreeOnNoFeaturesWithClassicPackets() {
        MediaOffer offer = new MediaOffer(BOTH, MediaFeatures.ALL);

        assertThat(offer.agree(MediaOffer.CLASSIC, PacketFormat.CLASSIC)).contains(MediaFormat.CLASSIC);
        assertThat(offer.agree(new MediaOffer(List.of(MediaCodec.PCM), MediaFeatures.ALL), PacketFormat.CLASSIC))
                .contains(MediaFormat.CLASSIC);
    }

    @Test
    void shouldKnowEveryFeatureByItsNameOnTheWire() {
        assertThat(MediaFeatures.of(MediaFeature.values()).names())
                .containsExactly("dtls-srtp", "dtx", "heal", "ptime", "red", "rtx", "text", "xr");
        for (MediaFeature feature : MediaFeature.values()) {
            assertThat(MediaFeatures.of(feature).contains(feature)).isTrue();
            assertThat(MediaFeatures.NONE.contains(feature)).isFalse();
        }
    }

    /** Compares 10,000 pairs of sets, with unknown and ill-formed names, with sets of the JDK. */
    @Test
    void shouldBehaveAsSetsDo() {
        Random random = new Random(815);
        List<String> pool = new ArrayList<>(List.of("red", "rtx", "xr", "dtx", "", "RED", "a b", "x".repeat(17)));
        IntStream.range(0, 8).forEach(i -> pool.add("later-" + i));
        for (int i = 0; i < 10_000; i++) {
            List<String> one = some(pool, random);
            List<String> other = some(pool, random);
            MediaFeatures features = new MediaFeatures(one);

            assertThat(features.names())
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(valid(one));
            Set<String> both = valid(one);
            both.retainAll(valid(other));
            assertThat(features.common(new MediaFeatures(other)))
                    .isEqualTo(new MediaFeatures(other).common(features))
                    .isEqualTo(new MediaFeatures(List.copyOf(both)));
        }
    }

    @Test
    void shouldLimitTheNumberOfFeatures() {
        MediaFeatures many = new MediaFeatures(
                IntStream.range(0, 100).mapToObj(i -> String.format("f%02d", i)).toList());

        assertThat(many.names())
                .hasSize(MediaFeatures.MAX_NAMES)
                .startsWith("f00")
                .endsWith("f15");
    }

    private static List<String> some(List<String> pool, Random random) {
        return random.ints(random.nextInt(10), 0, pool.size())
                .mapToObj(pool::get)
                .toList();
    }

    private static Set<String> valid(List<String> names) {
        Set<String> valid = new HashSet<>(names);
        valid.removeIf(name -> !name.matches("[a-z0-9-]{1,16}"));
        return valid;
    }
}
