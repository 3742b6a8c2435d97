package voiptui.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of calls, one transition per line of {@code calls.table}: what is sent, and the resulting state. */
class CallTableTest extends RegistrarFixture {

    static Stream<Arguments> edges() throws IOException {
        Map<String, String> states = new HashMap<>();
        List<Arguments> edges = new ArrayList<>();
        for (String line : table().lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList()) {
            if (line.startsWith("=")) {
                String[] parts = line.split("=");
                states.put(parts[1].strip(), parts[2].strip());
            } else {
                String[] cells = line.split("\\|");
                assertThat(states).as(line).containsKey(cells[0].strip());
                edges.add(Arguments.of(
                        cells[0].strip(),
                        cells[1].strip(),
                        cells[2].strip(),
                        cells[3].strip(),
                        states.get(cells[0].strip())));
            }
        }
        return edges.stream();
    }

    private static String table() throws IOException {
        try (InputStream in = CallTableTest.class.getResourceAsStream("/relay/calls.table")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("edges")
    void shouldFollowTheTable(String state, String input, String said, String next, String way) {
        play(way + "; 1 s");

        assertThat(sentBy(input)).isEqualTo(said);
        assertThat(state()).isEqualTo(next);
    }
}
