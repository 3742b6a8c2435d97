package voiptui.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors that other implementations of the PGP word list publish. */
class ReadAloudWordsTest {

    @ParameterizedTest
    @CsvSource({
        "e58294f2e9, topmost Istanbul Pluto vagabond treadmill",
        "e58294f2e9a227486e8b061b31cc528fd7fa3f19, topmost Istanbul Pluto vagabond treadmill Pacific brackish dictator goldfish Medusa "
                + "afflict bravado chatter revolver Dupont midsummer stopwatch whimsical cowbell bottomless",
        "d1d464c004f00fb5c9a4c8d8e433e7fb7ff56256, stairway souvenir flytrap recipe adrift upcoming artist positive spearhead Pandora "
                + "spaniel stupendous tonic concurrent transit Wichita lockup visitor flagpole escapade",
        "b268fce42cf5e504b4fbece3c8e429a5, sawdust gravity wayside tradition Burbank visitor topmost alkali scenic Wichita tumor torpedo "
                + "spaniel tradition breakup paperweight",
        "ffff, Zulu Yucatan",
        "0000, aardvark adroitness",
    })
    void shouldSpellBytesAsOthersDo(String hex, String words) {
        assertThat(ReadAloudWords.of(HexFormat.of().parseHex(hex))).containsExactly(words.split(" "));
    }

    /** The checksum over both lists in lower case, one word a line, that another implementation pins. */
    @Test
    void shouldHoldTheWholeList() throws Exception {
        List<String> words = new ArrayList<>();
        for (int list = 0; list < 2; list++) {
            for (int value = 0; value < 256; value++) {
                words.add(ReadAloudWords.of(new byte[] {(byte) value, (byte) value})
                        .get(list));
            }
        }

        byte[] text = String.join("\n", words).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text)))
                .isEqualTo("41db18a831d9c40dc35b374ef36f0bf616d4f563768fcc1a5aa11c7b6530cf5e");
        assertThat(words).doesNotHaveDuplicates();
    }
}
