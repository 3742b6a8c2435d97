package voiptui.tui.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.Counter;
import voiptui.event.Grade;
import voiptui.event.QualityCause;
import voiptui.event.SessionEvent;
import voiptui.event.VoiceEvent;
import voiptui.testkit.GoldenScreen;
import voiptui.tui.terminal.Glyphs;

/** Twenty pictures of a call whose every number changes, from one digit to as many as it may have. */
class SteadyColumnsTest {

    private static final int PICTURES = 20;
    /** Words, and what separates panes. */
    private static final Pattern FIXED = Pattern.compile("[A-Za-z]{2,}|[├┤┬┴╭╮╰╯]|(?<=^| )│(?= |$)");

    private static final Set<String> GRADES = Set.of("GOOD", "FAIR", "POOR", "BAD");

    @ParameterizedTest(name = "{0} by {1}, page {2}")
    @CsvSource({
        "60, 16, ''", "80, 24, ''", "120, 40, ''", "200, 60, ''",
        "60, 16, s", "80, 24, s", "120, 40, s", "200, 60, s",
        "60, 16, ss", "80, 24, ss", "120, 40, ss", "200, 60, ss",
    })
    void shouldKeepEachLabelAndSeparatorInItsColumn(int width, int height, String keys) {
        Scene scene = Scene.encrypted(true).after(3_550_000);
        List<String> pictures = new ArrayList<>();
        for (int picture = 0; picture < PICTURES; picture++) {
            change(scene, picture);
            if (picture == 0) {
                keys.chars().forEach(key -> scene.key((char) key));
            }
            pictures.add(
                    GoldenScreen.text(width, height, Glyphs.UNICODE, canvas -> CallView.draw(scene.model, canvas)));
        }

        for (String picture : pictures) {
            Set<String> moved = fixed(picture);
            moved.removeAll(fixed(pictures.get(0)));
            assertThat(moved)
                    .as("beside the first picture:%n%s%nthis one:%n%s", pictures.get(0), picture)
                    .isEmpty();
        }
        assertThat(Set.copyOf(pictures)).as("pictures that differ").hasSizeGreaterThan(PICTURES / 2);
    }

    /** Words and separators with their places, without the verdict, the grades and the log. */
    private static Set<String> fixed(String picture) {
        Set<String> places = new TreeSet<>();
        List<String> rows = picture.lines().toList();
        for (int row = 0; row < rows.size(); row++) {
            if (rows.get(row).contains("─ What happened ─") || rows.get(row).contains("─ Log ─")) {
                break;
            }
            Matcher words = FIXED.matcher(rows.get(row));
            while (row != 1 && words.find()) {
                if (!GRADES.contains(words.group())) {
                    places.add("row %02d, column %03d: %s".formatted(row, words.start(), words.group()));
                }
            }
        }
        return places;
    }

    private static void change(Scene scene, int picture) {
        double loss = picture * 100.0 / (PICTURES - 1);
        double level = -1 - picture * 5.3;
        double ms = Math.pow(1.4, picture);
        long count = Math.round(Math.pow(1.9, picture));
        scene.after(4_000)
                .event(new CallEvent.NetworkStats(
                        count * 12, count * 10, count, count / 2, 3, count / 3, 2, ms / 3, count * 20))
                .event(new CallEvent.PlayoutDelay(ms, ms / 2 + 10, 20, 500))
                .event(new SessionEvent.PathReading(ms))
                .event(new CallEvent.PeerReport(loss, count, ms / 4, ms))
                .event(new VoiceEvent.VoiceQuality(4.4 - loss / 30, 4.3 - loss / 32, loss, loss / 2))
                .event(new VoiceEvent.PeerQuality(4.2 - loss / 40, 4.1 - loss / 40, loss))
                .event(new VoiceEvent.VoiceDelay(20, ms, ms, ms / 7))
                .event(new VoiceEvent.VoiceRates(
                        6.4 + count % 90, 8.2 + count % 200, 6 + picture * 2, List.of(2), 0, false, true))
                .event(new VoiceEvent.Quality(
                        assessment(loss, count),
                        assessment(100 - loss, count / 2),
                        new VoiceEvent.LegLosses(loss, loss / 2, 100 - loss, loss / 3)))
                .event(new CallEvent.GainChanged(AudioDirection.INPUT, -12))
                .event(new CallEvent.GainChanged(AudioDirection.OUTPUT, -30))
                .event(new CallEvent.MicLevel(picture == 19 ? CallEvent.SILENCE_DBFS : level, level, false))
                .event(new CallEvent.SpeakerLevel(level, level))
                .event(new CallEvent.Totals(totals(count)));
    }

    private static VoiceEvent.Assessment assessment(double loss, long count) {
        Grade grade = Grade.values()[(int) Math.min(3, loss / 10)];
        return new VoiceEvent.Assessment(grade, QualityCause.LOSS_FROM_RELAY, loss, loss, count * 10);
    }

    private static Map<Counter, Long> totals(long count) {
        Map<Counter, Long> totals = new EnumMap<>(Scene.totals());
        totals.replaceAll((counter, value) -> count);
        return totals;
    }
}
